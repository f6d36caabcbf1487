/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Requests.asked;
import static io.rejoin.retry.policies.Requests.failed;
import static io.rejoin.retry.policies.Requests.lost;
import static io.rejoin.retry.policies.Requests.throttled;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ExponentialBackoffTest {

  private static final ExponentialBackoff DEFAULT = ExponentialBackoff.DEFAULT;
  private static final Duration SPREAD = ofSeconds(1_100);

  @Test
  void shouldTryTheFirstTimeWithinHalfASecond() {
    Draws.of(DEFAULT, failed(1)).shouldBeUniformBetween(ZERO, ofMillis(500));
    Draws.of(DEFAULT, lost(FailureKind.CONNECTION_CLOSED, ZERO))
        .shouldBeUniformBetween(ZERO, ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 2",
    "3, 2, 4",
    "4, 4, 8",
    "5, 8, 16",
    "6, 16, 32",
    "7, 32, 64",
    "8, 60, 120",
    "9, 60, 120",
    "2147483647, 60, 120"
  })
  void shouldThenDoubleFromTwoSecondsToTwoMinutesWithEqualJitter(
      int failures, int lowestSeconds, int highestSeconds) {
    Draws.of(DEFAULT, failed(failures))
        .shouldBeUniformBetween(ofSeconds(lowestSeconds), ofSeconds(highestSeconds));
  }

  @Test
  void shouldTryAtOnceWhereTheFirstDelayIsZero() {
    ExponentialBackoff policy = policy(ZERO, 0, Jitter.NONE);

    Draws.of(policy, failed(1)).shouldAllBe(ZERO);
    Draws.of(policy, failed(2)).shouldAllBe(ofSeconds(2));
  }

  @Test
  void shouldMakeTheQuickAttemptsBeforeTheExponentialPhase() {
    ExponentialBackoff policy = policy(ZERO, 3, Jitter.NONE);

    Draws.of(policy, failed(1)).shouldAllBe(ZERO);
    for (int quick = 2; quick <= 4; quick++) {
      Draws.of(policy, failed(quick)).shouldBeUniformBetween(ofSeconds(3), ofSeconds(6));
    }
    Draws.of(policy, failed(5)).shouldAllBe(ofSeconds(2));
    Draws.of(policy, failed(6)).shouldAllBe(ofSeconds(4));
    Draws.of(policy, failed(Integer.MAX_VALUE)).shouldAllBe(ofSeconds(120));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = Mode.INCLUDE,
      names = {
        "NETWORK_DOWN",
        "NAME_SERVICE_DOWN",
        "NAME_NOT_FOUND",
        "CONNECTION_REFUSED",
        "TIMED_OUT"
      })
  void shouldWaitForAShareOfTheOutageAtMostWhileNobodyAnswers(FailureKind kind) {
    Draws.of(DEFAULT, unanswered(kind, 20, 10)).shouldBeUniformBetween(ofSeconds(1), ofSeconds(2));
    Draws.of(DEFAULT, unanswered(kind, 30, 100))
        .shouldBeUniformBetween(ofSeconds(6), ofSeconds(12));
    Draws.of(DEFAULT, unanswered(kind, 3, 100)).shouldBeUniformBetween(ofSeconds(2), ofSeconds(4));
    Draws.of(DEFAULT, unanswered(kind, 60, 5_000))
        .shouldBeUniformBetween(ofSeconds(60), ofSeconds(120));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = Mode.EXCLUDE,
      names = {
        "NETWORK_DOWN",
        "NAME_SERVICE_DOWN",
        "NAME_NOT_FOUND",
        "CONNECTION_REFUSED",
        "TIMED_OUT"
      })
  void shouldWaitLongOnceSomebodyAnswersHoweverShortTheOutage(FailureKind kind) {
    Draws.of(DEFAULT, unanswered(kind, 20, 10)).shouldLieBetween(ofSeconds(60), ofSeconds(120));
  }

  @Test
  void shouldGrowAlikeWithoutAShare() {
    ExponentialBackoff policy = policy(ZERO, 0, Jitter.NONE);

    Draws.of(policy, unanswered(FailureKind.TIMED_OUT, 9, 10)).shouldAllBe(ofSeconds(120));
  }

  private static RetryRequest unanswered(FailureKind kind, int failures, int elapsedSeconds) {
    return Requests.request(failures, ofSeconds(elapsedSeconds), ZERO, Failure.of(kind, ""));
  }

  @Test
  void shouldTakeDecorrelatedJitterFromThePreviousDelay() {
    ExponentialBackoff policy = policy(ZERO, 0, Jitter.DECORRELATED);

    Draws.of(policy, failed(4, ZERO, ofSeconds(10)))
        .shouldBeUniformBetween(ofSeconds(2), ofSeconds(30));
  }

  @Test
  void shouldSpreadTheFirstAttemptAfterTheServerClosedTheConnection() {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);

    Draws.of(policy, lost(FailureKind.CONNECTION_CLOSED, ZERO))
        .shouldBeUniformBetween(ZERO, SPREAD);
  }

  @Test
  void shouldNotAddTheSpreadToTheTimeThatTheLossWentUnnoticed() {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);

    Draws draws = Draws.of(policy, lost(FailureKind.CONNECTION_CLOSED, ofSeconds(330)));

    draws.shouldLieBetween(ZERO, ofSeconds(770));
    assertEquals(0.3, draws.shareUpTo(ofMillis(500)), 0.02);
    assertEquals(0.65, draws.shareUpTo(ofSeconds(385)), 0.02);
  }

  @Test
  void shouldTryWithinTheFirstDelayWhenTheLossWentUnnoticedForLongerThanTheSpread() {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(ofSeconds(10));

    Draws.of(policy, lost(FailureKind.CONNECTION_CLOSED, ofSeconds(10)))
        .shouldBeUniformBetween(ZERO, ofMillis(500));
  }

  @Test
  void shouldSpreadNothingButTheFirstAttempt() {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);
    RetryRequest again =
        new RetryRequest(
            2, ZERO, ZERO, true, ZERO, lost(FailureKind.CONNECTION_CLOSED, ZERO).failure());

    Draws.of(policy, failed(1)).shouldBeUniformBetween(ZERO, ofMillis(500));
    Draws.of(policy, failed(2)).shouldBeUniformBetween(ofSeconds(1), ofSeconds(2));
    Draws.of(policy, again).shouldBeUniformBetween(ofSeconds(1), ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = Mode.INCLUDE,
      names = {"CONNECTION_CLOSED", "SERVICE_MAINTENANCE", "HUB_FAILING_OVER", "SERVER_ERROR"})
  void shouldSpreadWhatTheServerDidToAll(FailureKind kind) {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);

    Draws.of(policy, lost(kind, ZERO)).shouldBeUniformBetween(ZERO, SPREAD);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = Mode.EXCLUDE,
      names = {
        "CONNECTION_CLOSED",
        "SERVICE_MAINTENANCE",
        "HUB_FAILING_OVER",
        "SERVER_ERROR",
        "SERVER_UNAVAILABLE",
        "THROTTLED"
      })
  void shouldNotSpreadWhatConcernsOneGatewayOrIsSpreadAlready(FailureKind kind) {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);

    Draws.of(policy, lost(kind, ZERO)).shouldBeUniformBetween(ZERO, ofMillis(500));
  }

  @Test
  void shouldSpreadAThrottledFleetTooAndNeverBelowTheThrottledDelay() {
    ExponentialBackoff policy = DEFAULT.withInitialSpread(SPREAD);

    for (FailureKind kind :
        new FailureKind[] {FailureKind.THROTTLED, FailureKind.SERVER_UNAVAILABLE}) {
      Draws draws = Draws.of(policy, lost(kind, ZERO));
      draws.shouldLieBetween(ofSeconds(5), SPREAD);
      assertEquals(0.5, draws.shareUpTo(ofSeconds(550)), 0.02);
    }
  }

  @Test
  void shouldSlowDownWhenThrottled() {
    Draws.of(DEFAULT, throttled(1)).shouldBeUniformBetween(ofSeconds(5), ofSeconds(10));
    Draws.of(DEFAULT, throttled(2)).shouldBeUniformBetween(ofSeconds(5), ofSeconds(10));
    Draws.of(DEFAULT, throttled(3)).shouldBeUniformBetween(ofSeconds(10), ofSeconds(20));
    Draws.of(DEFAULT, throttled(20)).shouldLieBetween(ofSeconds(60), ofSeconds(120));
  }

  @Test
  void shouldAddItsOwnDelayToRetryAfter() {
    Draws.of(DEFAULT, asked(1, ofSeconds(30))).shouldLieBetween(ofSeconds(30), ofSeconds(31));
    Draws.of(DEFAULT, asked(9, ofSeconds(30))).shouldLieBetween(ofSeconds(60), ofSeconds(150));
  }

  @ParameterizedTest
  @CsvSource({"100000, 100, 1100000", "500, 100, 5500", "0, 100, 0", "1000000, 6000, 183333"})
  void shouldSpreadAFleetOverElevenTenthsOfTheTimeThatItsHubNeeds(
      int fleetSize, double hubConnectionsPerSecond, long spreadMillis) {
    assertEquals(
        ofMillis(spreadMillis),
        ExponentialBackoff.initialSpread(fleetSize, hubConnectionsPerSecond));
  }

  private static ExponentialBackoff policy(Duration firstDelay, int quickAttempts, Jitter jitter) {
    return new ExponentialBackoff(
        firstDelay,
        quickAttempts,
        ofSeconds(6),
        new Backoff(ofSeconds(2), 2, ofSeconds(120), jitter),
        0,
        ZERO,
        CommonRules.DEFAULT);
  }
}
