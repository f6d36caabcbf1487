/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Requests.failed;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import io.rejoin.retry.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureSdkCompatibleTest {

  private static final AzureSdkCompatible DEFAULT = AzureSdkCompatible.DEFAULT;

  @Test
  void shouldTryAtOnceTheFirstTime() {
    Draws.of(DEFAULT, failed(1)).shouldAllBe(ZERO);
  }

  /** min(100 + (2^n - 1) * U[80, 120), 10 000); the SDK draws whole milliseconds, 80 to 119. */
  @ParameterizedTest
  @CsvSource({
    "2, 180, 219",
    "3, 340, 457",
    "4, 660, 933",
    "5, 1300, 1885",
    "6, 2580, 3789",
    "7, 5140, 7597"
  })
  void shouldThenDrawTheSdksDelays(int failures, long lowestMillis, long highestMillis) {
    Draws.of(DEFAULT, failed(failures))
        .shouldBeUniformBetween(ofMillis(lowestMillis), ofMillis(highestMillis));
  }

  @Test
  void shouldLoseItsJitterAtTheCapAsTheSdkDoes() {
    Draws.of(DEFAULT, failed(8)).shouldAllBe(ofMillis(10_000));
    Draws.of(DEFAULT, failed(1_024)).shouldAllBe(ofMillis(10_000));
    Draws.of(DEFAULT, failed(Integer.MAX_VALUE)).shouldAllBe(ofMillis(10_000));
  }

  @Test
  void shouldStartWithTheShortestDelayWithoutTheFastRetry() {
    AzureSdkCompatible policy = with(300, 5_000, 200, false);

    Draws.of(policy, failed(1)).shouldAllBe(ofMillis(300));
    Draws.of(policy, failed(2)).shouldBeUniformBetween(ofMillis(460), ofMillis(539));
  }

  @Test
  void shouldWorkWithTheSmallestDelta() {
    Draws.of(with(0, 5_000, 1, true), failed(2)).shouldAllBe(ZERO);
    Draws.of(with(0, 5_000, 2, true), failed(3)).shouldAllBe(ofMillis(3));
  }

  @Test
  void shouldTreatThrottlingLikeAnyFailureAsTheSdkDoes() {
    Draws.of(DEFAULT, Requests.throttled(2)).shouldLieBetween(ofMillis(180), ofMillis(219));
    Draws.of(DEFAULT, Requests.lost(FailureKind.SERVER_UNAVAILABLE, ZERO)).shouldAllBe(ZERO);
  }

  private static AzureSdkCompatible with(int min, int max, int delta, boolean firstFastRetry) {
    return new AzureSdkCompatible(min, max, delta, firstFastRetry, Limits.NONE);
  }
}
