/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.hub.Gatekeeper.Judgement;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.net.HttpCall;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.net.HttpService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hub's HTTPS device endpoint: send a message, receive, complete, abandon or reject one.
 *
 * <p>Unverified: that {@code DELETE /devices/{id}/messages/deviceBound/{random}}, the probe without
 * side effects, is judged like any other request and answers 412002 to a good credential; and the
 * order in which several errors would be told.
 */
final class DeviceEndpoint implements HttpService {
  private static final String APP_PROPERTY = "iothub-app-";
  private static final Map<String, String> SYSTEM_PROPERTIES =
      Map.of(
          "iothub-messageid", "$.mid",
          "iothub-correlationid", "$.cid",
          "iothub-contenttype", "$.ct",
          "iothub-contentencoding", "$.ce");

  private final HubEmulator hub;

  DeviceEndpoint(HubEmulator hub) {
    this.hub = hub;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    hub.count(HubCount.HTTPS_REQUESTS);
    Optional<HttpReply> scripted = hub.faults().httpsReply();
    HttpReply reply = scripted.isPresent() ? scripted.get() : judgeAndServe(call);
    hub.log()
        .add(
            Kind.HTTPS,
            call.path().size() > 1 ? call.path().get(1) : "",
            call.method() + " /" + String.join("/", call.path()) + " -> " + reply.status());
    return reply.after(reply.delay().plus(hub.roundTrip()));
  }

  private HttpReply judgeAndServe(HttpCall call) {
    Optional<HubError> error = hub.faults().error();
    if (error.isPresent()) {
      return error(error.get(), "scripted");
    }
    List<String> path = call.path();
    if (path.size() < 4 || !path.get(0).equals("devices") || !path.get(2).equals("messages")) {
      return HttpReply.status(404);
    }
    if (!call.query().getOrDefault("api-version", "").matches("\\d{4}-\\d\\d-\\d\\d.*")) {
      return error(HubError.BAD_FORMAT, "no api-version");
    }
    String deviceId = path.get(1);
    Judgement judgement =
        hub.gatekeeper()
            .judge(deviceId, call.header("authorization").orElse(null), call.clientCertificate());
    if (judgement.error() != null) {
      return error(judgement.error(), judgement.detail());
    }
    if (hub.limits().quotaExceeded()) {
      return error(HubError.QUOTA_EXCEEDED, "daily quota");
    }
    return serve(call, hub.session(deviceId));
  }

  private HttpReply serve(HttpCall call, DeviceSession session) {
    List<String> path = call.path();
    String queue = path.get(3);
    String operation = call.method() + " " + path.size();
    if (queue.equalsIgnoreCase("events") && operation.equals("POST 4")) {
      return send(call, session);
    }
    if (!queue.equalsIgnoreCase("devicebound")) {
      return HttpReply.status(404);
    }
    return switch (operation) {
      case "GET 4" -> receive(session);
      case "DELETE 5" -> {
        boolean reject = call.query().containsKey("reject");
        yield settle(session, path.get(4), reject ? Feedback.REJECTED : Feedback.COMPLETED);
      }
      case "POST 6" -> settle(session, path.get(4), Feedback.ABANDONED);
      default -> HttpReply.status(405);
    };
  }

  private HttpReply send(HttpCall call, DeviceSession session) {
    if (!hub.limits().takeMessage()) {
      return error(HubError.QUOTA_EXCEEDED, "daily quota");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    call.headers()
        .forEach(
            (name, value) -> {
              if (SYSTEM_PROPERTIES.containsKey(name)) {
                properties.put(SYSTEM_PROPERTIES.getOrDefault(name, name), value);
              } else if (name.startsWith(APP_PROPERTY)) {
                properties.put(name.substring(APP_PROPERTY.length()), value);
              }
            });
    hub.journal().add(session.deviceId(), properties, call.body(), 1, false);
    hub.count(HubCount.MESSAGES);
    return HttpReply.status(204);
  }

  private static HttpReply receive(DeviceSession session) {
    return session
        .lock()
        .map(
            locked ->
                HttpReply.status(200)
                    .with("ETag", '"' + locked.token() + '"')
                    .with("iothub-messageid", locked.message().messageId())
                    .with(locked.message().body()))
        .orElseGet(() -> HttpReply.status(204));
  }

  private HttpReply settle(DeviceSession session, String token, Feedback feedback) {
    return session.unlock(token, feedback)
        ? HttpReply.status(204)
        : error(HubError.LOCK_LOST, "no message is locked by " + token);
  }

  private HttpReply error(HubError error, String detail) {
    HttpReply reply = hub.errorShape().reply(error, detail, hub.clock().instant());
    return error.status() == 429 ? reply.retryAfter(hub.retryAfter()) : reply;
  }
}
