/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import io.rejoin.azure.emulator.dps.Attestation;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import io.rejoin.azure.emulator.dps.DpsError;
import io.rejoin.azure.emulator.dps.DpsRequest;
import io.rejoin.azure.emulator.dps.Enrolment;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can be done to the provisioning service. */
final class DpsCommands {
  private DpsCommands() {}

  static List<Command<DpsEmulator>> all() {
    return Stream.of(network(), answers(), enrolments()).flatMap(List::stream).toList();
  }

  private static List<Command<DpsEmulator>> network() {
    return List.of(
        Command.of("clear", "end all faults and limits", (dps, p) -> dps.clearFaults()),
        Command.of(
            "outage",
            "stop listening and cut all connections, for a while",
            (dps, p) -> dps.outage(Duration.ofSeconds(p.number("seconds", 0, 1_000_000))),
            "seconds=10"),
        Command.of("end-outage", "listen again", (dps, p) -> dps.endOutage()),
        Command.of(
            "greet",
            "receive new connections so: serve, stay_silent, break_tls, close, reset",
            (dps, p) -> dps.door().greet(p.oneOf("how", Greeting.class)),
            "how=stay_silent"),
        Command.of(
            "certificate",
            "show good, other_name, untrusted, captive_portal, expired, not_yet_valid",
            (dps, p) -> dps.show(p.oneOf("which", ServerCertificate.class)),
            "which=untrusted"),
        Command.of(
            "clock",
            "put the service's clock wrong; 0 rights it",
            (dps, p) -> dps.clock().skew(p.seconds("skewSeconds")),
            "skewSeconds=3600"));
  }

  private static List<Command<DpsEmulator>> answers() {
    return List.of(
        Command.of(
            "answer",
            "answer register, poll or lookup with this status; 0 times: until cleared",
            DpsCommands::answer,
            "request=register",
            "status=429",
            "retryAfterSeconds=30",
            "times=1"),
        Command.of(
            "garbage",
            "answer register, poll or lookup with what is not HTTP",
            (dps, p) ->
                dps.faults()
                    .answerNext(
                        p.oneOf("request", DpsRequest.class), HttpReply.raw("garbage\r\n"), 1),
            "request=register"),
        Command.of(
            "delay",
            "delay every answer",
            (dps, p) -> dps.faults().delay(p.millis("millis")),
            "millis=5000"),
        Command.of(
            "fail-assignments",
            "accept registrations and then report this error",
            (dps, p) ->
                dps.faults()
                    .failAssignments(
                        new DpsError(p.integer("code", 100000, 599999), p.text("message"))),
            "code=400207",
            "message=Custom allocation failed"),
        Command.of(
            "stay-assigning",
            "accept registrations and never finish them",
            (dps, p) -> dps.faults().stayAssigning(p.yes("on")),
            "on=yes"),
        Command.of(
            "pace",
            "ask clients to poll at this pace, and so often",
            DpsCommands::pace,
            "retryAfterSeconds=3",
            "polls=1"),
        Command.of(
            "limit",
            "registrations and lookups per minute",
            (dps, p) ->
                dps.limits()
                    .perMinute(
                        p.integer("registrations", 1, 1_000_000),
                        p.integer("lookups", 1, 1_000_000)),
            "registrations=1",
            "lookups=1"));
  }

  private static void answer(DpsEmulator dps, Parameters p) {
    HttpReply reply =
        new DpsError(p.integer("status", 100, 599) * 1000, "scripted")
            .reply(dps.clock().instant())
            .retryAfter(p.seconds("retryAfterSeconds"));
    DpsRequest request = p.oneOf("request", DpsRequest.class);
    int times = p.integer("times", 0, Integer.MAX_VALUE);
    if (times == 0) {
      dps.faults().answer(request, reply);
    } else {
      dps.faults().answerNext(request, reply, times);
    }
  }

  private static void pace(DpsEmulator dps, Parameters p) {
    dps.retryAfter(p.seconds("retryAfterSeconds"));
    dps.pollsUntilAssigned(p.integer("polls", 1, 1_000));
  }

  private static List<Command<DpsEmulator>> enrolments() {
    return List.of(
        Command.of(
            "enrol",
            "add an enrolment of one device, with this base64 key or a new one",
            DpsCommands::enrol,
            "id=gateway-2",
            "hub=127.0.0.2",
            "key="),
        Command.of(
            "move",
            "point an enrolment at another hub; shows when the device registers again",
            (dps, p) -> dps.moveEnrolment(p.text("id"), p.text("hub")),
            "id=",
            "hub=127.0.0.3"),
        Command.of("disable", "disable an enrolment", (dps, p) -> dps.disable(p.text("id")), "id="),
        Command.of("enable", "enable an enrolment", (dps, p) -> dps.enable(p.text("id")), "id="),
        Command.of(
            "delete", "delete an enrolment", (dps, p) -> dps.deleteEnrolment(p.text("id")), "id="));
  }

  private static void enrol(DpsEmulator dps, Parameters p) {
    Enrolment enrolment = Enrolment.individual(p.text("id"), p.text("hub"));
    String key = p.optional("key");
    dps.enrol(
        key == null
            ? enrolment
            : enrolment.with(new Attestation.SharedKey(new SymmetricKeys(key, key))));
  }
}
