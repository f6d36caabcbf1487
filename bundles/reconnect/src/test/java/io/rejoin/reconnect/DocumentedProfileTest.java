/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Level;
import io.rejoin.retry.RetryDecision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documented profile against Microsoft's "Manage device reconnections to create resilient
 * applications" (2025-01-10), line by line. Each test is named by the line that it proves.
 */
class DocumentedProfileTest {

  private static final Failure FAULT = answerOf(500);

  private static Failure answerOf(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> FlowScenario.answer(FailureKind.UNAUTHORIZED, 401, 0);
      case 403 -> FlowScenario.answer(FailureKind.FORBIDDEN, 403, 0);
      case 404 -> FlowScenario.answer(FailureKind.DEVICE_NOT_FOUND, 404, 0);
      default -> FlowScenario.answer(FailureKind.SERVER_ERROR, httpStatus, 0);
    };
  }

  @Nested
  @DisplayName("Error patterns: \"Connection failures can happen at many levels\"")
  class ErrorPatterns {

    @DisplayName("\"Network errors: disconnected socket and name resolution errors\"")
    @ParameterizedTest
    @EnumSource(
        value = FailureKind.class,
        names = {"CONNECTION_CLOSED", "CONNECTION_REFUSED", "NAME_NOT_FOUND", "NAME_SERVICE_DOWN"})
    void networkErrors(FailureKind kind) {
      assertEquals(Level.NETWORK, kind.level());
    }

    @DisplayName(
        "\"Protocol-level errors for HTTP, AMQP, and MQTT transport: detached links or expired"
            + " sessions\"")
    @ParameterizedTest
    @EnumSource(
        value = FailureKind.class,
        names = {"REFUSED", "TOKEN_EXPIRED"})
    void protocolErrors(FailureKind kind) {
      assertEquals(Level.PROTOCOL, kind.level());
    }

    @DisplayName(
        "\"Application-level errors that result from either local mistakes: invalid credentials or"
            + " service behavior (for example, exceeding the quota or throttling)\"")
    @ParameterizedTest
    @EnumSource(
        value = FailureKind.class,
        names = {"MISCONFIGURED", "UNAUTHORIZED", "QUOTA_EXCEEDED", "THROTTLED"})
    void applicationErrors(FailureKind kind) {
      assertEquals(Level.APPLICATION, kind.level());
    }
  }

  @Nested
  @DisplayName("Retry patterns")
  class RetryPatterns extends FlowScenario {

    @BeforeEach
    void documented() {
      settings = Settings.documented().build();
    }

    @DisplayName(
        "\"If the SDK identifies an unrecoverable error, operations like connection, send, and"
            + " receive are stopped. The SDK notifies the user. Examples of unrecoverable errors"
            + " include an authentication error and a bad endpoint error.\"")
    @ParameterizedTest
    @EnumSource(
        value = FailureKind.class,
        names = {"UNAUTHORIZED", "HUB_NOT_FOUND", "CERTIFICATE_UNTRUSTED", "MISCONFIGURED"})
    void unrecoverable(FailureKind kind) {
      givenAttemptFailed(Failure.of(kind, ""));
      thenPhaseIs(Phase.PARKED);
      thenNothingIsDone();
      assertTrue(explanation().contains(kind.words()), this::explanation);
    }

    @Test
    @DisplayName(
        "\"If the SDK identifies a recoverable error, it retries according to the specified retry"
            + " policy until the defined timeout elapses.\"")
    void recoverable() {
      policy = givingUpAfter(4);
      givenAttemptFailed(SILENT);
      for (int retry = 1; retry <= 3; retry++) {
        thenTimerIsIn(Duration.ofSeconds(10));
        whenTimerElapses();
        thenAttemptIsOpened();
        whenAttemptFails(SILENT);
      }
      thenPhaseIs(Phase.PARKED);
    }

    @Test
    @DisplayName("\"The SDK uses Exponential back-off with jitter retry policy by default.\"")
    void byDefault() {
      BuiltInPolicy byDefault = new BuiltInPolicy();
      List<Double> means = new ArrayList<>();
      for (int failures = 1; failures <= 9; failures++) {
        means.add(delays(byDefault, failures).stream().mapToLong(l -> l).average().orElseThrow());
        assertTrue(new HashSet<>(delays(byDefault, failures)).size() > 50, "has no jitter");
      }
      for (int i = 3; i < 7; i++) {
        assertEquals(2, means.get(i) / means.get(i - 1), 0.3, "grows exponentially: " + means);
      }
    }

    private List<Long> delays(BuiltInPolicy byDefault, int failures) {
      List<Long> delays = new ArrayList<>();
      for (int seed = 0; seed < 200; seed++) {
        Outage outage =
            new Outage(failures, 0, 0, 0, 0, seed, false, 0, 0, "", REFUSED, null, false, false);
        RetryDecision decision =
            byDefault.decide(outage.request(), new SplittableRandom(outage.seed()));
        delays.add(decision.delay().toMillis());
      }
      return delays;
    }

    @Test
    @DisplayName(
        "\"When the defined timeout expires, the SDK stops trying to connect or send. It notifies"
            + " the user.\"")
    void timeoutExpires() {
      policy = givingUpAfter(1);
      givenAttemptFailed(SILENT);
      thenPhaseIs(Phase.PARKED);
      thenNoTimerRuns();
      assertEquals("1 attempts used up", state.gaveUp());
      assertTrue(explanation().contains("gave up: 1 attempts used up"), this::explanation);
    }

    @Test
    @DisplayName(
        "\"The SDK allows the user to attach a callback to receive connection status changes.\"")
    void statusChanges() {
      List<Phase> told = new ArrayList<>();
      told.add(state.phase());
      whenConnectIsRequested();
      told.add(state.phase());
      whenAttemptSucceeds();
      told.add(state.phase());
      whenConnectionIsLost();
      told.add(state.phase());
      whenDisconnectIsRequested();
      told.add(state.phase());
      assertEquals(
          List.of(Phase.STOPPED, Phase.CONNECTING, Phase.CONNECTED, Phase.WAITING, Phase.STOPPED),
          told);
    }

    @Test
    @DisplayName(
        "\"Exponential back-off with jitter: This default retry policy tends to be aggressive at"
            + " the start and slow down over time until it reaches a maximum delay.\"")
    void aggressiveAtTheStart() {
      BuiltInPolicy byDefault = new BuiltInPolicy();
      assertTrue(delays(byDefault, 1).stream().allMatch(millis -> millis <= 500));
      long longest = delays(byDefault, 20).stream().mapToLong(l -> l).max().orElseThrow();
      assertTrue(longest <= 120_000 && longest > 110_000, "longest is " + longest);
      assertTrue(delays(byDefault, Integer.MAX_VALUE).stream().allMatch(m -> m <= 120_000));
    }

    @Test
    @DisplayName(
        "\"Custom retry: For some SDK languages, you can design a custom retry policy that is"
            + " better suited for your scenario and then inject it into the RetryPolicy.\"")
    void customRetry() {
      policy =
          (request, chance) -> RetryDecision.after(Duration.ofSeconds(request.failures() * 7L));
      givenAttemptFailed(SILENT);
      thenTimerIsIn(Duration.ofSeconds(7));
      whenTimerElapses();
      whenAttemptFails(SILENT);
      thenTimerIsIn(Duration.ofSeconds(14));
    }

    @Test
    @DisplayName(
        "\"No retry: You can set retry policy to \"no retry\", which disables the retry logic. The"
            + " SDK tries to connect once\"")
    void noRetry() {
      policy = (request, chance) -> RetryDecision.stop("no retry");
      givenAttemptFailed(SILENT);
      assertEquals(0, live(Duration.ofDays(365), () -> SILENT).attempts.size());
    }
  }

  @Nested
  @DisplayName("What causes disconnections")
  class Causes extends FlowScenario {

    @DisplayName("Each of \"the most common reasons that devices disconnect\" ends connected again")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
        textBlock =
            """
            Expired SAS token,       TOKEN_EXPIRED
            Network interruption,    CONNECTION_SILENT
            Service disruption,      SERVER_UNAVAILABLE
            Service reconfiguration, CONNECTION_CLOSED
            """)
    void comesBack(String reason, FailureKind kind) {
      settings = Settings.documented().build();
      givenConnected();
      whenConnectionIsLost(Failure.of(kind, reason));
      if (state.phase() != Phase.CONNECTING) {
        whenTimerElapses();
      }
      thenAttemptIsOpened();
      whenAttemptSucceeds();
      thenPhaseIs(Phase.CONNECTED);
    }
  }

  @Nested
  @DisplayName(
      "Hub reconnection flow: \"If you use IoT Hub only without DPS, use the following reconnection"
          + " strategy.\"")
  class HubOnly extends FlowScenario {

    @BeforeEach
    void documented() {
      settings = Settings.documented().build();
      policy = new BuiltInPolicy();
    }

    @Test
    @DisplayName(
        "\"When a device fails to connect to IoT Hub [...] Use an exponential back-off with jitter"
            + " delay function. Reconnect to IoT Hub.\"")
    void failsToConnect() {
      whenConnectIsRequested();
      Diary diary = live(Duration.ofDays(1), () -> SILENT);
      thenDelaysAreThoseOfTheDefault(diary.attempts);
      assertTrue(diary.questions.isEmpty(), "asks a service it does not have");
    }

    @Test
    @DisplayName(
        "\"[...] or is disconnected from IoT Hub: Use an exponential back-off with jitter delay"
            + " function. Reconnect to IoT Hub.\"")
    void isDisconnected() {
      givenConnectionWasLost();
      thenPhaseIs(Phase.WAITING);
      thenTimerIsWithin(Duration.ZERO, Duration.ofMillis(500));
      whenTimerElapses();
      thenAttemptIsOpened();
    }

    private void thenDelaysAreThoseOfTheDefault(List<Long> attempts) {
      assertTrue(attempts.size() > 700, attempts.size() + " attempts");
      for (int i = 9; i < attempts.size(); i++) {
        long delay = attempts.get(i) - attempts.get(i - 1);
        long outage = attempts.get(i - 1) - attempts.get(0);
        long most = Math.max(2_000, Math.min(120_000, 12 * outage / 100 + 1));
        assertTrue(delay >= most / 2 - 1 && delay <= most, "delay of " + delay + " in " + outage);
      }
    }
  }

  @Nested
  @DisplayName(
      "Hub with DPS reconnection flow: \"If you use IoT Hub with DPS, use the following reconnection"
          + " strategy.\"")
  class HubWithDps extends FlowScenario {

    @BeforeEach
    void documented() {
      givenProvisioning(Settings.documented());
      whenProvisionerAppears(HUB_A);
    }

    @Test
    @DisplayName(
        "\"For errors that allow connection retries (HTTP response code 500): Use an exponential"
            + " back-off with jitter delay function. Reconnect to IoT Hub.\"")
    void retries() {
      policy = new BuiltInPolicy();
      givenAttemptFailed(FAULT);
      thenPhaseIs(Phase.WAITING);
      thenTimerIsWithin(Duration.ZERO, Duration.ofMillis(500));
      whenTimerElapses();
      thenAttemptIsOpenedAt(HUB_A);
      whenAttemptFails(FAULT);
      thenTimerIsWithin(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    @DisplayName(
        "\"For errors that indicate a retry is possible, but reconnection has failed 10 consecutive"
            + " times: Reprovision the device to DPS.\"")
    void tenConsecutiveTimes() {
      whenConnectIsRequested();
      whenAttemptsFail(9, FAULT);
      thenPhaseIs(Phase.WAITING);
      whenAttemptsFail(1, FAULT);
      thenProvisionerIsAsked(Operation.REGISTER);
      assertEquals("10 failures in a row", question().reason());
    }

    @Test
    @DisplayName("\"10 consecutive times\": a connection in between starts the count anew")
    void consecutive() {
      whenConnectIsRequested();
      whenAttemptsFail(9, FAULT);
      whenTimerElapses();
      whenAttemptSucceeds();
      whenConnectionIsLost();
      whenAttemptsFail(9, FAULT);
      thenPhaseIs(Phase.WAITING);
      whenAttemptsFail(1, FAULT);
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @Test
    @DisplayName("\"reconnection has failed\": the loss itself is not a failed reconnection")
    void reconnection() {
      givenConnectionWasLost();
      whenAttemptsFail(9, SILENT);
      thenPhaseIs(Phase.WAITING);
      whenAttemptsFail(1, SILENT);
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @DisplayName(
        "\"For errors that don't allow connection retries (HTTP responses 401, Unauthorized or 403,"
            + " Forbidden or 404, Not Found): Reprovision the device to DPS.\"")
    @ParameterizedTest(name = "{0}")
    @CsvSource({"401", "403", "404"})
    void doNotAllowRetries(int httpStatus) {
      givenAttemptFailed(answerOf(httpStatus));
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @Test
    @DisplayName("The same over MQTT, where 401, 403 and 404 all show as return code 5")
    void doNotAllowRetriesOverMqtt() {
      givenAttemptFailed(REFUSED);
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @Test
    @DisplayName("\"Reprovision the device to DPS\", and then it goes where DPS says")
    void goesWhereDpsSays() {
      givenAttemptFailed(answerOf(404));
      whenAssigned(HUB_B);
      thenAttemptIsOpenedAt(HUB_B);
      assertEquals(0, state.failures());
    }

    @Test
    @DisplayName("Reprovisioned to the same hub, it counts 10 consecutive times from nothing")
    void sameHub() {
      whenConnectIsRequested();
      whenAttemptsFail(10, FAULT);
      whenAssigned(HUB_A);
      whenAttemptsFail(9, FAULT);
      thenPhaseIs(Phase.WAITING);
      whenAttemptsFail(1, FAULT);
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @Test
    @DisplayName("With lookups allowed, the second occasion registers, so that a move is found")
    void lookupsFirst() {
      settings = Settings.documented().provisioned(true).registerAtOccasion(2).build();
      whenConnectIsRequested();
      whenAttemptsFail(10, FAULT);
      thenProvisionerIsAsked(Operation.LOOKUP);
      whenAssigned(HUB_A);
      whenAttemptsFail(10, FAULT);
      thenProvisionerIsAsked(Operation.REGISTER);
    }

    @Test
    @DisplayName(
        "\"After devices disconnect from IoT Hub, the optimal solution is to reconnect the device"
            + " rather than reprovision it.\"")
    void reconnectsRatherThanReprovisions() {
      givenConnectionWasLost();
      whenTimerElapses();
      thenAttemptIsOpenedAt(HUB_A);
    }
  }
}
