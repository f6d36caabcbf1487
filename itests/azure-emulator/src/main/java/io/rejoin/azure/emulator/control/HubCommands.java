/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubError;
import io.rejoin.azure.emulator.hub.HubFaults;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can be done to a hub. */
@SuppressWarnings("FutureReturnValueIgnored") // the outcome shows on the page
final class HubCommands {
  private static final String PORTAL = "http://login.hotspot.example/";

  private HubCommands() {}

  static List<Command<HubEmulator>> all() {
    return Stream.of(network(), answers(), limits(), devices()).flatMap(List::stream).toList();
  }

  private static List<Command<HubEmulator>> network() {
    return List.of(
        Command.of("clear", "end all faults and limits", (hub, p) -> hub.clearFaults()),
        Command.of(
            "outage",
            "stop listening and cut all connections, for a while",
            (hub, p) -> hub.outage(Duration.ofSeconds(p.number("seconds", 0, 1_000_000))),
            "seconds=10"),
        Command.of("end-outage", "listen again", (hub, p) -> hub.endOutage()),
        Command.of("drop", "end all MQTT connections, TLS close first", HubCommands::drop),
        Command.of("cut", "end all MQTT connections by TCP FIN", HubCommands::cut),
        Command.of("reset", "end all MQTT connections by TCP RST", HubCommands::reset),
        Command.of(
            "silence",
            "leave all MQTT connections half-open",
            (hub, p) -> hub.mqttDoor().muteAll()),
        Command.of(
            "greet",
            "receive new connections so: serve, stay_silent, break_tls, close, reset",
            HubCommands::greet,
            "how=stay_silent"),
        Command.of(
            "certificate",
            "show good, other_name, untrusted, captive_portal, expired, not_yet_valid",
            (hub, p) -> hub.show(p.oneOf("which", ServerCertificate.class)),
            "which=untrusted"),
        Command.of(
            "move",
            "same name, another address",
            (hub, p) -> hub.moveTo(InetAddress.getByName(p.text("address"))),
            "address=127.0.0.5"),
        Command.of(
            "round-trip",
            "delay all that the hub sends",
            (hub, p) -> hub.roundTrip(p.millis("millis")),
            "millis=50"));
  }

  private static void drop(HubEmulator hub, Parameters p) {
    hub.mqttDoor().dropAll();
  }

  private static void cut(HubEmulator hub, Parameters p) {
    hub.mqttDoor().cutAll();
  }

  private static void reset(HubEmulator hub, Parameters p) {
    hub.mqttDoor().resetAll();
  }

  private static void greet(HubEmulator hub, Parameters p) {
    Greeting how = p.oneOf("how", Greeting.class);
    hub.mqttDoor().greet(how);
    hub.httpsDoor().greet(how);
  }

  private static List<Command<HubEmulator>> answers() {
    return List.of(
        Command.of(
            "refuse",
            "answer CONNECTs with this return code; 0 times: until told otherwise",
            HubCommands::refuse,
            "code=5",
            "times=0"),
        Command.of(
            "fail",
            "CONNACK 5, and this error over HTTPS, for all; none ends it",
            HubCommands::fail,
            "error=hub_failing_over"),
        Command.of(
            "connack",
            "withhold the answer to CONNECT, or delay it",
            HubCommands::connack,
            "withhold=yes",
            "delayMillis=0"),
        Command.of(
            "pubacks",
            "confirm messages when_kept, at_once, or withheld, and delay it",
            HubCommands::pubacks,
            "when=withheld",
            "delayMillis=0"),
        Command.of(
            "release-pubacks", "confirm what was withheld", (hub, p) -> hub.releasePubacks()),
        Command.of(
            "lose-pubacks",
            "keep the next messages and never confirm them",
            (hub, p) -> hub.faults().losePubacks(p.integer("number", 0, Integer.MAX_VALUE)),
            "number=1"),
        Command.of(
            "portal",
            "redirect HTTPS to a login page; no ends it",
            (hub, p) ->
                hub.faults()
                    .answerHttps(
                        p.yes("on") ? HttpReply.status(302).with("Location", PORTAL) : null),
            "on=yes"),
        Command.of(
            "twin-status",
            "answer twin requests with this status; 200 ends it",
            (hub, p) -> hub.faults().answerTwin(p.integer("status", 200, 599)),
            "status=429"),
        Command.of(
            "clock",
            "put the hub's clock wrong; 0 rights it",
            (hub, p) -> hub.clock().skew(p.seconds("skewSeconds")),
            "skewSeconds=3600"));
  }

  private static void refuse(HubEmulator hub, Parameters p) {
    int code = p.integer("code", 0, 255);
    int times = p.integer("times", 0, Integer.MAX_VALUE);
    HubFaults faults = hub.faults();
    if (times == 0) {
      faults.refuse(code);
    } else {
      faults.refuseNext(code, times);
    }
  }

  private static void fail(HubEmulator hub, Parameters p) {
    boolean none = p.text("error").equals("none");
    hub.faults().fail(none ? null : p.oneOf("error", HubError.class));
  }

  private static void connack(HubEmulator hub, Parameters p) {
    hub.faults().withholdConnack(p.yes("withhold"));
    hub.faults().delayConnack(p.millis("delayMillis"));
  }

  private static void pubacks(HubEmulator hub, Parameters p) {
    hub.faults().pubacks(p.oneOf("when", Pubacks.class));
    hub.faults().delayPuback(p.millis("delayMillis"));
  }

  private static List<Command<HubEmulator>> limits() {
    return List.of(
        Command.of(
            "limit-connections",
            "new connections per second, and how long one may queue",
            (hub, p) ->
                hub.limits()
                    .connections(p.integer("perSecond", 1, 1_000_000), p.millis("queueMillis")),
            "perSecond=1",
            "queueMillis=0"),
        Command.of(
            "limit-twin",
            "twin operations per second",
            (hub, p) -> hub.limits().twin(p.integer("perSecond", 1, 1_000_000)),
            "perSecond=1"),
        Command.of(
            "quota",
            "messages per UTC day",
            (hub, p) -> hub.limits().quota(p.number("messages", 0, Long.MAX_VALUE)),
            "messages=0"));
  }

  private static List<Command<HubEmulator>> devices() {
    return List.of(
        Command.of(
            "add-device",
            "add a device, with this base64 key or a new one",
            HubCommands::addDevice,
            "id=gateway-2",
            "key="),
        Command.of(
            "delete-device",
            "delete a device and all that is kept for it",
            (hub, p) -> hub.registry().delete(p.text("id")),
            "id="),
        Command.of(
            "disable-device", "disable", (hub, p) -> hub.registry().disable(p.text("id")), "id="),
        Command.of(
            "enable-device", "enable", (hub, p) -> hub.registry().enable(p.text("id")), "id="),
        Command.of(
            "send",
            "send a message to a device",
            (hub, p) -> hub.sendToDevice(p.text("id"), ToDeviceMessage.of(p.text("text"))),
            "id=",
            "text=hello"),
        Command.of(
            "poison",
            "send one with a property without value, as name or name=",
            HubCommands::poison,
            "id=",
            "equalsSign=no"),
        Command.of(
            "method",
            "call a direct method",
            (hub, p) -> hub.invokeMethod(p.text("id"), p.text("name"), p.text("payload")),
            "id=",
            "name=getConnectionStatus",
            "payload={}"),
        Command.of(
            "desired",
            "merge into the desired properties",
            (hub, p) -> hub.patchDesired(p.text("id"), p.text("json")),
            "id=",
            "json={\"interval\":5}"));
  }

  private static void addDevice(HubEmulator hub, Parameters p) {
    String key = p.optional("key");
    if (key == null) {
      hub.registry().add(p.text("id"));
    } else {
      hub.registry().add(p.text("id"), new SymmetricKeys(key, key));
    }
  }

  private static void poison(HubEmulator hub, Parameters p) {
    ToDeviceMessage message = ToDeviceMessage.of("poison");
    hub.sendToDevice(p.text("id"), message.propertyWithoutValue("flag", p.yes("equalsSign")));
  }
}
