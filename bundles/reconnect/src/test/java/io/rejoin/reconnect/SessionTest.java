/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting, staying connected, and what the user and the token do to a session. */
class SessionTest extends FlowScenario {

  private static final Failure EXPIRED = Failure.of(FailureKind.TOKEN_EXPIRED, "");

  @Test
  void shouldConnectWhenAskedTo() {
    whenConnectIsRequested();
    assertEquals(List.of(new Action.Open(1, null)), actions);
    whenAttemptSucceeds();
    thenPhaseIs(Phase.CONNECTED);
    thenNothingIsDone();
    thenNoTimerRuns();
    assertNull(state.lastFailure());
  }

  @Test
  void shouldNotConnectBeforeItIsAskedTo() {
    whenTimePasses(Duration.ofDays(1));
    whenHinted(Hint.NETWORK_UP);
    whenReconnectIsRequested(Duration.ZERO);
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.STOPPED);
    thenNothingIsDone();
    assertEquals(FlowState.INITIAL, state);
  }

  @Test
  void shouldIgnoreConnectWhileConnectingOrConnected() {
    whenConnectIsRequested();
    whenConnectIsRequested();
    thenNothingIsDone();
    whenAttemptSucceeds();
    whenConnectIsRequested();
    thenNothingIsDone();
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  void shouldTryAtOnceWhenTheUserConnectsDuringAWait() {
    givenConnectionWasLost();
    whenTimePasses(Duration.ofSeconds(3));
    whenConnectIsRequested();
    thenAttemptIsOpened();
    assertEquals(1, state.failures());
  }

  @Test
  void shouldBackOffAfterALossAndTryAgainExactlyThen() {
    givenConnectionWasLost();
    thenPhaseIs(Phase.WAITING);
    thenTimerIsIn(Duration.ofSeconds(10));
    whenTimePasses(Duration.ofMillis(9_999));
    thenNothingIsDone();
    whenTimePasses(Duration.ofMillis(1));
    thenAttemptIsOpened();
  }

  @Test
  void shouldCountTheTimeOfAFailedAttemptAsPartOfItsDelay() {
    whenConnectIsRequested();
    now += 4_000;
    whenAttemptFails(SILENT);
    thenTimerIsIn(Duration.ofSeconds(6));
  }

  @Test
  void shouldTryAgainAtOnceWhenTheAttemptTookLongerThanItsDelay() {
    whenConnectIsRequested();
    now += 60_000;
    whenAttemptFails(SILENT);
    thenAttemptIsOpened();
  }

  @Test
  void shouldForgetFailuresOnlyAfterAStablePeriod() {
    givenConnectionWasLost();
    whenTimerElapses();
    whenAttemptSucceeds();
    thenTimerIsIn(Duration.ofSeconds(30));
    whenTimePasses(Duration.ofMillis(29_999));
    assertEquals(1, state.failures());
    whenTimePasses(Duration.ofMillis(1));
    assertEquals(0, state.failures());
    thenNoTimerRuns();
  }

  @Test
  void shouldForgetFailuresAtTheNextLossEvenIfTheTimerWasLate() {
    givenConnectionWasLost();
    whenTimerElapses();
    whenAttemptSucceeds();
    now += 31_000;
    whenConnectionIsLost();
    assertEquals(1, state.failures());
  }

  @Test
  void shouldTellThePolicyHowLongTheRowOfFailuresLasts() {
    policy =
        (request, chance) -> {
          assertEquals(
              request.failures() == 1 ? Duration.ZERO : Duration.ofSeconds(10),
              request.previousDelay());
          assertEquals(Duration.ofSeconds(10L * (request.failures() - 1)), request.elapsed());
          return RetryDecision.after(Duration.ofSeconds(10));
        };
    givenConnectionWasLost();
    whenAttemptsFail(5, SILENT);
    assertEquals(6, state.failures());
  }

  @Test
  void shouldOpenASessionAnewBeforeItsTokenExpires() {
    whenConnectIsRequested();
    whenAttemptSucceeds(Duration.ofHours(20).toMillis());
    thenTimerIsIn(Duration.ofHours(20));
    long old = state.attempt();
    whenTimerElapses();
    assertEquals(List.of(new Action.Close(old, true), new Action.Open(old + 1, null)), actions);
    thenPhaseIs(Phase.CONNECTING);
    assertEquals(0, state.failures());
  }

  @Test
  void shouldTreatAFailingRenewalAsAnOrdinaryFailure() {
    whenConnectIsRequested();
    whenAttemptSucceeds(Duration.ofHours(20).toMillis());
    whenTimerElapses();
    whenAttemptFails(SILENT);
    assertEquals(1, state.failures());
    thenTimerIsIn(Duration.ofSeconds(10));
  }

  @Test
  void shouldNotRenewInALoopWhenATokenIsAlreadyDead() {
    whenConnectIsRequested();
    whenAttemptSucceeds(0);
    thenTimerIsIn(Duration.ofSeconds(30));
  }

  @Test
  void shouldReopenAtOnceWhenTheTokenOfAStableSessionExpired() {
    givenConnected();
    whenConnectionIsLost(EXPIRED);
    thenAttemptIsOpened();
    assertEquals(0, state.failures());
  }

  @Test
  void shouldBackOffWhenTokensExpireAsSoonAsTheyAreUsed() {
    whenConnectIsRequested();
    whenAttemptSucceeds();
    now += 29_999;
    whenConnectionIsLost(EXPIRED);
    thenPhaseIs(Phase.WAITING);
    assertEquals(1, state.failures());
  }

  @Test
  void shouldReopenAfterAnExpiredTokenOnceEarlierFailuresAreForgotten() {
    givenConnectionWasLost();
    whenTimerElapses();
    whenAttemptSucceeds();
    now += 30_000;
    whenConnectionIsLost(EXPIRED);
    thenAttemptIsOpened();
    assertEquals(0, state.failures());
  }

  @Test
  void shouldDrainASessionThatTheUserEnds() {
    givenConnected();
    whenDisconnectIsRequested();
    assertEquals(List.of(new Action.Close(1, true)), actions);
    thenPhaseIs(Phase.STOPPED);
    thenNoTimerRuns();
    assertTrue(!state.wanted());
  }

  @Test
  void shouldAbortAnAttemptOrAProbeThatTheUserEnds() {
    whenConnectIsRequested();
    whenDisconnectIsRequested();
    assertEquals(List.of(new Action.Close(1, false)), actions);
    whenConnectIsRequested();
    whenAttemptFails(REFUSED);
    thenPhaseIs(Phase.PROBING);
    whenDisconnectIsRequested();
    assertEquals(List.of(new Action.Close(2, false)), actions);
    thenPhaseIs(Phase.STOPPED);
  }

  @Test
  void shouldForgetAWaitThatTheUserEnds() {
    givenConnectionWasLost();
    whenDisconnectIsRequested();
    thenNothingIsDone();
    thenNoTimerRuns();
    assertEquals(0, state.failures());
    whenDisconnectIsRequested();
    thenNothingIsDone();
    whenConnectIsRequested();
    thenAttemptIsOpened();
  }

  @Test
  void shouldKeepAPauseThatTheHubAskedForOverADisconnect() {
    givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(5)));
    whenTimePasses(Duration.ofMinutes(1));
    whenDisconnectIsRequested();
    thenPhaseIs(Phase.STOPPED);
    thenNoTimerRuns();
    whenTimePasses(Duration.ofMinutes(1));
    whenConnectIsRequested();
    thenPhaseIs(Phase.WAITING);
    thenTimerIsWithin(Duration.ofMinutes(3), Duration.ofMinutes(3).plusSeconds(2));
    whenDisconnectIsRequested();
    whenTimePasses(Duration.ofMinutes(3));
    whenConnectIsRequested();
    thenAttemptIsOpened();
    assertEquals(0, state.failures());
  }

  @Test
  void shouldGoToANewTargetAtOnce() {
    whenConnectIsRequested();
    on(new Event.TargetChanged(at(), null));
    assertEquals(List.of(new Action.Close(1, false), new Action.Open(2, null)), actions);
    whenAttemptSucceeds();
    on(new Event.TargetChanged(at(), null));
    assertEquals(List.of(new Action.Close(2, true), new Action.Open(3, null)), actions);
    thenPhaseIs(Phase.CONNECTING);
    whenAttemptFails(REFUSED);
    on(new Event.TargetChanged(at(), null));
    assertEquals(List.of(new Action.Close(3, false), new Action.Open(4, null)), actions);
    whenAttemptFails(SILENT);
    on(new Event.TargetChanged(at(), null));
    assertEquals(List.of(new Action.Open(5, null)), actions);
    assertEquals(0, state.failures());
  }

  @Test
  void shouldForgetWhatWasKnownOfTheOldTarget() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(null);
    whenDisconnectIsRequested();
    on(new Event.TargetChanged(at(), null));
    thenPhaseIs(Phase.STOPPED);
    thenNothingIsDone();
    assertEquals(History.NONE, state.history());
    assertEquals(Outage.NONE, state.outage());
  }

  @Test
  void shouldOpenAFreshSessionWhenAnOperatorWantsOne() {
    givenConnected();
    whenReconnectIsRequested(Duration.ZERO);
    assertEquals(List.of(new Action.Close(1, true), new Action.Open(2, null)), actions);
  }

  @Test
  void shouldSpreadTheReconnectionsOfAWholeFleet() {
    givenConnected();
    whenReconnectIsRequested(Duration.ofMinutes(10));
    thenNothingIsDone();
    thenTimerIsWithin(Duration.ofSeconds(1), Duration.ofMinutes(10));
    whenTimerElapses();
    thenPhaseIs(Phase.CONNECTING);
  }

  @Test
  void shouldBringAWaitForwardWhenAnOperatorWantsAFreshSession() {
    policy = fixed(600);
    givenConnectionWasLost();
    whenReconnectIsRequested(Duration.ofSeconds(20));
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(20));
    whenReconnectIsRequested(Duration.ZERO);
    thenAttemptIsOpened();
  }
}
