/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import io.rejoin.azure.emulator.dps.Enrolment;
import io.rejoin.azure.emulator.dps.Registration;
import io.rejoin.azure.emulator.hub.Device;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubEvent;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What a hub, or the provisioning service, can tell about itself, as JSON without any key. */
final class Report {
  private static final int EVENTS = 20;

  private Report() {}

  static JsonObject of(Map<String, HubEmulator> hubs, DpsEmulator dps) {
    JsonObject report = new JsonObject();
    JsonObject all = new JsonObject();
    hubs.forEach((name, hub) -> all.add(name, of(hub)));
    report.add("hubs", all);
    report.add("dps", of(dps));
    return report;
  }

  private static JsonObject of(HubEmulator hub) {
    JsonObject json = new JsonObject();
    json.addProperty("hostName", hub.hostName());
    json.addProperty("address", hub.mqttDoor().address().getAddress().getHostAddress());
    json.addProperty("mqttPort", hub.mqttPort());
    json.addProperty("httpsPort", hub.httpsPort());
    json.addProperty("listening", hub.mqttDoor().isOpen());
    json.addProperty("received", hub.journal().received());
    JsonObject counts = new JsonObject();
    hub.counts().forEach((what, number) -> counts.addProperty(what.name(), number));
    json.add("counts", counts);
    JsonArray devices = new JsonArray();
    for (Device device : hub.registry().all()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", device.id());
      one.addProperty("enabled", device.enabled());
      one.addProperty("connected", hub.isConnected(device.id()));
      devices.add(one);
    }
    json.add("devices", devices);
    json.add("lastEvents", events(hub));
    return json;
  }

  private static JsonArray events(HubEmulator hub) {
    List<HubEvent> all = hub.log().all();
    JsonArray last = new JsonArray();
    for (HubEvent event : all.subList(Math.max(0, all.size() - EVENTS), all.size())) {
      last.add("%s %s %s %s".formatted(event.at(), event.kind(), event.deviceId(), event.detail()));
    }
    return last;
  }

  private static JsonObject of(DpsEmulator dps) {
    JsonObject json = new JsonObject();
    json.addProperty("idScope", dps.idScope());
    json.addProperty("address", dps.door().address().getAddress().getHostAddress());
    json.addProperty("port", dps.port());
    json.addProperty("listening", dps.door().isOpen());
    JsonObject counts = new JsonObject();
    dps.counts().forEach((what, number) -> counts.addProperty(what.name(), number));
    json.add("counts", counts);
    JsonArray enrolments = new JsonArray();
    for (Enrolment enrolment : dps.enrolments()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", enrolment.name());
      one.addProperty("group", enrolment.group());
      one.addProperty("enabled", enrolment.enabled());
      one.addProperty("hub", enrolment.allocation().allocate(enrolment.name(), null).hubHostName());
      dps.registration(enrolment.name())
          .map(Registration::hubHostName)
          .ifPresent(hub -> one.addProperty("registeredAt", hub));
      enrolments.add(one);
    }
    json.add("enrolments", enrolments);
    return json;
  }

  /** The messages that are kept from this sequence number on. */
  static JsonArray messages(HubEmulator hub, long from) {
    JsonArray messages = new JsonArray();
    for (ReceivedMessage message : hub.journal().from(from)) {
      JsonObject one = new JsonObject();
      one.addProperty("sequence", message.sequence());
      one.addProperty("at", message.at().toString());
      one.addProperty("device", message.deviceId());
      JsonObject properties = new JsonObject();
      message.properties().forEach(properties::addProperty);
      one.add("properties", properties);
      one.addProperty("bodyBase64", Base64.getEncoder().encodeToString(message.body()));
      one.addProperty("qos", message.qos());
      one.addProperty("dup", message.dup());
      messages.add(one);
    }
    return messages;
  }
}
