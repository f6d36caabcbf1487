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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asking the hub over HTTPS why it refused. */
class ProbeTest extends FlowScenario {

  private static final Failure DISABLED = answer(FailureKind.DEVICE_DISABLED, 403, 403012);

  @Test
  void shouldAskTheHubThatRefused() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(REFUSED);
    thenPhaseIs(Phase.PROBING);
    assertEquals(List.of(new Action.Probe(state.attempt(), HUB_A)), actions);
    thenNoTimerRuns();
  }

  @ParameterizedTest
  @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
  void shouldNotAskAfterAnyOtherFailure(FailureKind kind) {
    givenAttemptFailed(Failure.of(kind, ""));
    assertTrue(actions.stream().noneMatch(Action.Probe.class::isInstance), actions.toString());
  }

  @Test
  void shouldNotAskInTheDocumentedProfile() {
    settings = Settings.documented().build();
    givenAttemptFailed(REFUSED);
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldAskAtMostOnceInTenMinutes() {
    policy = fixed(5);
    whenConnectIsRequested();
    List<Long> probes = live(Duration.ofDays(1), refusing(SILENT)).probes;
    assertTrue(probes.size() > 125, probes.size() + " probes");
    Set<Long> pauses = new HashSet<>();
    for (int i = 1; i < probes.size(); i++) {
      long pause = probes.get(i) - probes.get(i - 1);
      pauses.add(pause);
      assertTrue(pause >= 600_000 && pause < 670_000, "asked again after " + pause);
    }
    assertTrue(pauses.size() > 8, "has no jitter: " + pauses);
  }

  @Test
  void shouldCountARefusalWhoseReasonStaysUnknown() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(REFUSED);
    assertEquals(0, state.reprovisioning().counted());
    whenProbeAnswers(Failure.of(FailureKind.TIMED_OUT, "port 443 is closed"));
    assertEquals(1, state.reprovisioning().counted());
    assertEquals(FailureKind.REFUSED, lastKind());
    thenPhaseIs(Phase.WAITING);
    whenAttemptsFail(1, REFUSED);
    assertEquals(2, state.reprovisioning().counted());
    assertEquals(2, state.failures());
  }

  @Test
  void shouldAskDpsAfterTheRuleForAHubWhoseReasonStaysUnknown() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofHours(1), refusing(SILENT));
    assertEquals(Operation.LOOKUP, diary.questions.get(0).operation());
  }

  @Test
  void shouldNotBelieveA401OfAnIdentityThatNeverGotAGoodAnswer() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(DENIED);
    assertEquals(FailureKind.REFUSED, lastKind());
    assertEquals(1, state.reprovisioning().counted());
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldBelieveA401OnceTheIdentityHasGotAGoodAnswer() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(null);
    whenTimerElapses();
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofMinutes(11));
    whenConnectionIsLost();
    whenAttemptsFail(1, REFUSED);
    whenProbeAnswers(DENIED);
    assertEquals(FailureKind.UNAUTHORIZED, lastKind());
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.LOOKUP);
    assertEquals("the credential was refused (401003)", question().reason());
  }

  @Test
  void shouldRegisterWhenALookupDidNotCureARefusedCredential() {
    policy = fixed(3600);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(DENIED);
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.LOOKUP);
    whenAssigned(HUB_A);
    thenPhaseIs(Phase.WAITING);
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(120));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldForgetThatDpsWasDueWhenTheHubFindsNothingWrong() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(10, SILENT);
    whenAttemptsFail(1, REFUSED);
    whenProbeAnswers(null);
    assertEquals(Reprovisioning.NONE, state.reprovisioning());
    thenTimerIsIn(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"THROTTLED", "SERVER_UNAVAILABLE", "HUB_FAILING_OVER", "SERVICE_MAINTENANCE"})
  void shouldForgetWhatWasCountedWhenTheAnswerProvesTheHubAlive(FailureKind kind) {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(9, SILENT);
    whenAttemptsFail(1, REFUSED);
    whenProbeAnswers(Failure.of(kind, ""));
    assertEquals(0, state.reprovisioning().counted());
    assertEquals(kind, lastKind());
  }

  @Test
  void shouldTryADisabledDeviceSlowlyAlsoBetweenTwoProbes() {
    whenConnectIsRequested();
    Diary diary = live(Duration.ofDays(1), refusing(DISABLED));
    assertTrue(diary.attempts.size() < 40, diary.attempts.size() + " attempts");
    assertEquals(FailureKind.DEVICE_DISABLED, lastKind());
  }

  @Test
  void shouldNotApplyAReasonToFailuresOfAnotherKind() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(DISABLED);
    thenPhaseIs(Phase.PARKED);
    whenTimerElapses();
    whenAttemptFails(SILENT);
    assertEquals(FailureKind.TIMED_OUT, lastKind());
    thenPhaseIs(Phase.WAITING);
    whenAttemptsFail(1, REFUSED);
    assertEquals(FailureKind.REFUSED, lastKind());
  }

  @Test
  void shouldNotApplyAReasonThatSomebodyMayHaveCured() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(DISABLED);
    whenReconnectIsRequested(Duration.ZERO);
    whenAttemptFails(REFUSED);
    assertEquals(FailureKind.REFUSED, lastKind());
  }

  @Test
  void shouldNotTakeTheReasonOfAnUnbelievedAnswer() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(DENIED);
    whenAttemptsFail(1, REFUSED);
    assertEquals(FailureKind.REFUSED, lastKind());
  }

  @Test
  void shouldWaitAsLongAsTheProbeWasAskedTo() {
    givenAttemptFailed(REFUSED);
    now += 9_000;
    whenProbeAnswers(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(120)));
    thenTimerIsWithin(Duration.ofSeconds(120), Duration.ofSeconds(132));
    whenTimerElapses();
    whenAttemptFails(REFUSED);
    assertEquals(FailureKind.THROTTLED, lastKind());
    thenTimerIsIn(Duration.ofSeconds(10));
  }

  @Test
  void shouldObeyTheLongerPauseOfRefusalAndAnswer() {
    givenAttemptFailed(askingFor(FailureKind.REFUSED, Duration.ofSeconds(120)));
    whenProbeAnswers(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(30)));
    thenTimerIsWithin(Duration.ofSeconds(120), Duration.ofSeconds(132));
    whenTimerElapses();
    whenAttemptFails(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(60)));
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(66));
  }

  @Test
  void shouldObeyAPauseAlsoWhenTheAnswerIsNotBelieved() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(
        new Failure(FailureKind.SERVER_ERROR, "a proxy", 503, 0, Duration.ofSeconds(300)));
    assertEquals(FailureKind.REFUSED, lastKind());
    thenTimerIsWithin(Duration.ofSeconds(300), Duration.ofSeconds(330));
  }

  private static World refusing(@Nullable Failure reason) {
    return new World() {
      @Override
      public Failure connect() {
        return REFUSED;
      }

      @Override
      public @Nullable Failure probe() {
        return reason;
      }
    };
  }
}
