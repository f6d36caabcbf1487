/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;

/** Answers a device's requests for its twin. */
record TwinRequests(HubEmulator hub, DeviceSession session, MqttConnection connection) {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;

  void get(String topic) {
    hub.count(HubCount.TWIN_GETS);
    String requestId = requestId(topic);
    Optional<Integer> refusal = refusal();
    if (refusal.isPresent()) {
      reply(Topics.twinReply(refusal.get(), requestId), "");
    } else {
      reply(Topics.twinReply(OK, requestId), session.twinDocument().toString());
    }
  }

  void patch(String topic, String body) {
    String requestId = requestId(topic);
    Optional<JsonObject> patch = object(body);
    Optional<Integer> refusal = refusal();
    if (refusal.isPresent()) {
      reply(Topics.twinReply(refusal.get(), requestId), "");
    } else if (patch.isEmpty()) {
      reply(Topics.twinReply(BAD_REQUEST, requestId), "");
    } else {
      long version = session.patchReported(patch.get());
      reply(Topics.twinReply(NO_CONTENT, requestId, version), "");
    }
    hub.count(HubCount.TWIN_PATCHES);
  }

  private Optional<Integer> refusal() {
    Optional<Integer> scripted = hub.faults().twinStatus();
    if (scripted.isPresent() || hub.limits().takeTwinOperation()) {
      return scripted;
    }
    return Optional.of(TOO_MANY);
  }

  /** Only a device that subscribed to the answers gets one. */
  private void reply(String topic, String body) {
    if (session.subscribed(Topics.TWIN_FILTER)) {
      connection.send(topic, body);
    }
  }

  private static String requestId(String topic) {
    Map<String, String> query = Properties.parse(topic.substring(topic.indexOf('?') + 1));
    return query.getOrDefault("$rid", "");
  }

  private static Optional<JsonObject> object(String body) {
    try {
      JsonElement element = JsonParser.parseString(body);
      return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
