/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs a person, a new day or a rest. */
class ParkedTest extends FlowScenario {

  private static final Failure DISABLED = answer(FailureKind.DEVICE_DISABLED, 403, 403012);
  private static final Failure QUOTA = answer(FailureKind.QUOTA_EXCEEDED, 403, 403002);

  // ---- parked -------------------------------------------------------------------------------

  @Test
  void shouldTryAParkedDeviceSoonAtFirstAndHourlyLater() {
    whenConnectIsRequested();
    whenAttemptFails(DISABLED);
    thenPhaseIs(Phase.PARKED);
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofMinutes(1));
    whenAttemptsFail(1, DISABLED);
    thenTimerIsWithin(Duration.ofMinutes(2), Duration.ofMinutes(4));
    whenAttemptsFail(5, DISABLED);
    thenTimerIsWithin(Duration.ofMinutes(40), Duration.ofMinutes(80));
    assertEquals(7, state.failures());
  }

  @Test
  void shouldLeaveParkedWhenTheHubTakesTheDeviceAgain() {
    givenAttemptFailed(DISABLED);
    whenTimerElapses();
    whenAttemptSucceeds();
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  void shouldStartParkingAnewAfterAnotherFailure() {
    givenAttemptFailed(DISABLED);
    whenAttemptsFail(3, DISABLED);
    whenAttemptsFail(1, SILENT);
    thenPhaseIs(Phase.WAITING);
    whenAttemptsFail(1, DISABLED);
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void shouldParkWhatOnlyDpsCouldCureWithoutAProvisioner() {
    givenAttemptFailed(GONE);
    thenPhaseIs(Phase.PARKED);
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void shouldTryAtOnceWhenTheUserConnectsAParkedDevice() {
    givenAttemptFailed(DISABLED);
    whenConnectIsRequested();
    thenAttemptIsOpened();
  }

  // ---- the quota ----------------------------------------------------------------------------

  @Test
  void shouldComeBackWithinTheSpreadAfterMidnightInUtc() {
    whenConnectIsRequested();
    whenAttemptFails(QUOTA);
    thenPhaseIs(Phase.WAITING);
    List<Long> attempts = live(Duration.ofHours(13), () -> QUOTA).attempts;
    long afterMidnight =
        attempts.stream().map(this::secondsOfDay).filter(second -> second <= 15 * 60).count();
    assertEquals(1, afterMidnight, "attempts within 15 minutes after 00:00 UTC");
  }

  @Test
  void shouldTryHourlyBeforeMidnight() {
    whenConnectIsRequested();
    List<Long> attempts = live(Duration.ofHours(11), () -> QUOTA).attempts;
    assertTrue(attempts.size() >= 10 && attempts.size() <= 15, attempts.size() + " attempts");
    for (int i = 1; i < attempts.size(); i++) {
      long pause = attempts.get(i) - attempts.get(i - 1);
      assertTrue(pause >= 45 * 60_000 && pause <= 75 * 60_000 + 1_000, "pause of " + pause);
    }
  }

  @Test
  void shouldSpreadTheReturnAfterMidnightAsTheSettingSays() {
    settings = Settings.recommended().quotaSpread(Duration.ofMinutes(2)).build();
    for (int i = 0; i < 50; i++) {
      state = FlowState.INITIAL;
      wallMinusMonotonic = Instant.parse("2026-06-15T23:50:00Z").toEpochMilli() - now;
      givenAttemptFailed(QUOTA);
      thenTimerIsWithin(Duration.ofMinutes(10), Duration.ofMinutes(12));
    }
  }

  @Test
  void shouldKeepItsMomentAfterMidnightWhenSettingsChangeInBetween() {
    wallMinusMonotonic = Instant.parse("2026-06-15T23:50:00Z").toEpochMilli() - now;
    givenAttemptFailed(QUOTA);
    long before = timerAt();
    now += Duration.ofMinutes(10).toMillis() + 1;
    on(new Event.PolicyChanged(at()));
    assertEquals(before, timerAt());
  }

  @Test
  void shouldNotTakeARefusalAfterMidnightForTheQuotaOfTheDayBefore() {
    settings = Settings.recommended().quotaSpread(Duration.ofMinutes(1)).build();
    wallMinusMonotonic = Instant.parse("2026-06-15T23:55:00Z").toEpochMilli() - now;
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(QUOTA);
    thenTimerIsWithin(Duration.ofMinutes(5), Duration.ofMinutes(6));
    whenTimerElapses();
    whenAttemptFails(REFUSED);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(10));
  }

  @Test
  void shouldTakeAnAnswerForTheDayOnWhichItsAttemptBegan() {
    wallMinusMonotonic = Instant.parse("2026-06-15T23:59:59Z").toEpochMilli() - now;
    whenConnectIsRequested();
    now += 2_000;
    whenAttemptFails(QUOTA);
    thenTimerIsWithin(Duration.ZERO, Duration.ofMinutes(15));
  }

  @Test
  void shouldGoByTheWallClockAfterAJump() {
    givenAttemptFailed(QUOTA);
    thenTimerIsWithin(Duration.ofMinutes(45), Duration.ofMinutes(75));
    wallMinusMonotonic += Duration.ofHours(11).plusMinutes(50).toMillis();
    on(new Event.PolicyChanged(at()));
    thenTimerIsWithin(Duration.ofMinutes(10), Duration.ofMinutes(25));
  }

  private long secondsOfDay(long at) {
    return Instant.ofEpochMilli(at + wallMinusMonotonic)
        .atOffset(ZoneOffset.UTC)
        .toLocalTime()
        .toSecondOfDay();
  }

  // ---- limits -------------------------------------------------------------------------------

  @Test
  void shouldStopForEverWhenThePolicyGivesUp() {
    policy = givingUpAfter(3);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofDays(30), () -> SILENT);
    assertEquals(3, diary.attempts.size());
    thenPhaseIs(Phase.PARKED);
    assertEquals("3 attempts used up", state.gaveUp());
  }

  @Test
  void shouldNameAReasonAlsoWhenThePolicyHasNone() {
    policy = (request, chance) -> RetryDecision.stop("");
    givenAttemptFailed(SILENT);
    assertEquals("no retry", state.gaveUp());
  }

  @Test
  void shouldStartFromNothingOnConnect() {
    policy = givingUpAfter(3);
    whenConnectIsRequested();
    whenAttemptsFail(3, SILENT);
    whenConnectIsRequested();
    thenAttemptIsOpened();
    assertEquals(0, state.failures());
    whenAttemptsFail(2, SILENT);
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldStartFromNothingAfterTheRestIfSoSet() {
    settings = Settings.recommended().restAfterLimit(Duration.ofHours(6)).build();
    policy = givingUpAfter(3);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofHours(25), () -> SILENT);
    assertEquals(5 * 3, diary.attempts.size());
    long pause = diary.attempts.get(3) - diary.attempts.get(2);
    assertEquals(Duration.ofHours(6).plusMillis(200), Duration.ofMillis(pause));
  }

  @Test
  void shouldNotAskDpsAboutASilentHubAfterThePolicyGaveUp() {
    policy = givingUpAfter(12);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofDays(2), () -> SILENT);
    assertEquals(0, diary.questions.size());
  }

  @Test
  void shouldStillFollowAHubThatSendsTheDeviceAwayAfterThePolicyGaveUp() {
    policy = givingUpAfter(1);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    thenPhaseIs(Phase.PARKED);
    whenTimerElapses();
    thenPhaseIs(Phase.PROVISIONING);
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldStayStoppedAfterADpsAnswerThatDoesNotHelp() {
    policy = givingUpAfter(1);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(DENIED);
    whenTimerElapses();
    whenAssigned(HUB_A);
    thenPhaseIs(Phase.PARKED);
    assertEquals(FlowState.NEVER, state.retryAt());
    assertEquals("1 attempts used up", state.gaveUp());
  }

  @Test
  void shouldNotShortenAPauseByStoppingAndConnectingTwice() {
    policy = givingUpAfter(1);
    givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(5)));
    thenPhaseIs(Phase.PARKED);
    whenConnectIsRequested();
    thenTimerIsIn(Duration.ofMinutes(5));
    whenConnectIsRequested();
    thenTimerIsIn(Duration.ofMinutes(5));
  }

  @Test
  void shouldNotEndAPauseThatTheHubAskedForWithAShorterRest() {
    settings = Settings.recommended().restAfterLimit(Duration.ofMinutes(1)).build();
    policy = givingUpAfter(1);
    givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(5)));
    thenTimerIsWithin(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(30));
  }

  // ---- a fault of the service -----------------------------------------------------------------

  @Test
  void shouldWaitForFiveSecondsAtLeastAfterAFaultOfTheService() {
    policy = fixed(1);
    now = 5_000_000;
    for (FailureKind kind : List.of(FailureKind.SERVER_ERROR, FailureKind.SERVER_UNAVAILABLE)) {
      state = FlowState.INITIAL;
      whenConnectIsRequested();
      now += 60_000;
      whenAttemptFails(Failure.of(kind, ""));
      thenTimerIsIn(Duration.ofSeconds(6));
    }
    policy = fixed(5);
    on(new Event.PolicyChanged(at()));
    thenTimerIsIn(Duration.ofSeconds(5));
  }

  @Test
  void shouldLeaveThePaceToThePolicyInTheDocumentedProfile() {
    settings = Settings.documented().build();
    policy = fixed(1);
    givenAttemptFailed(Failure.of(FailureKind.SERVER_ERROR, ""));
    thenTimerIsIn(Duration.ofSeconds(1));
  }
}
