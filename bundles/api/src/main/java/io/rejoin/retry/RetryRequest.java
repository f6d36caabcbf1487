/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import java.time.Duration;
import java.util.Objects;

/**
 * What a policy is told about a failure. Immutable; no duration is negative.
 *
 * @param failures how many failures there have been in a row, this one included: 1 for the first,
 *     up to {@link Integer#MAX_VALUE}. Reset only after a connection has been stable for a while.
 * @param elapsed time since the first failure in the row; zero for the first
 * @param previousDelay the delay that was chosen after the failure before this one; zero for the
 *     first
 * @param connectionLost true when an established connection ended, false when an attempt failed
 * @param quiet for a lost connection the time between the last sign of life of the server and the
 *     loss: a fleet whose devices noticed one by one is already spread by this much; otherwise zero
 * @param failure what went wrong
 */
public record RetryRequest(
    int failures,
    Duration elapsed,
    Duration previousDelay,
    boolean connectionLost,
    Duration quiet,
    Failure failure) {

  public RetryRequest {
    if (failures < 1) {
      throw new IllegalArgumentException("failures has to be at least 1: " + failures);
    }
    requireNotNegative(elapsed, "elapsed");
    requireNotNegative(previousDelay, "previousDelay");
    requireNotNegative(quiet, "quiet");
    Objects.requireNonNull(failure, "failure");
  }

  private static void requireNotNegative(Duration value, String name) {
    Objects.requireNonNull(value, name);
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
  }
}
