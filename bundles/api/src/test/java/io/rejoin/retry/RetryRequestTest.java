/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryRequestTest {

  private static final Failure FAILURE = Failure.of(FailureKind.TIMED_OUT, "");
  private static final Duration NEGATIVE = ofMillis(-1);

  @Test
  void shouldAcceptTheFirstAndTheLastFailure() {
    assertDoesNotThrow(() -> new RetryRequest(1, ZERO, ZERO, true, ZERO, FAILURE));
    assertDoesNotThrow(() -> new RetryRequest(Integer.MAX_VALUE, ZERO, ZERO, false, ZERO, FAILURE));
  }

  @Test
  void shouldNameWhatIsWrong() {
    refused("failures has to be at least 1: 0", 0, ZERO, ZERO, ZERO);
    refused("elapsed is negative: PT-0.001S", 1, NEGATIVE, ZERO, ZERO);
    refused("previousDelay is negative: PT-0.001S", 1, ZERO, NEGATIVE, ZERO);
    refused("quiet is negative: PT-0.001S", 1, ZERO, ZERO, NEGATIVE);
    assertThrows(
        NullPointerException.class, () -> new RetryRequest(1, ZERO, ZERO, false, ZERO, null));
    assertThrows(
        NullPointerException.class, () -> new RetryRequest(1, null, ZERO, false, ZERO, FAILURE));
  }

  private static void refused(
      String message, int failures, Duration elapsed, Duration previousDelay, Duration quiet) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RetryRequest(failures, elapsed, previousDelay, false, quiet, FAILURE));
    assertEquals(message, refusal.getMessage());
  }
}
