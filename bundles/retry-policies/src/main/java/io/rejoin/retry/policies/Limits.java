/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to give up.
 *
 * @param maxAttempts after how many attempts in a row; 0 for never
 * @param maxElapsed how long after the first failure; zero for never
 */
public record Limits(int maxAttempts, Duration maxElapsed) {

  public static final Limits NONE = new Limits(0, Duration.ZERO);

  /** Gives up, or waits for a policy's delay and never for less than the server's Retry-After. */
  RetryDecision apply(RetryRequest request, Duration delay, RandomGenerator random) {
    if (maxAttempts > 0 && request.failures() > maxAttempts) {
      return RetryDecision.stop(maxAttempts + " attempts used up");
    }
    if (!maxElapsed.isZero() && request.elapsed().compareTo(maxElapsed) >= 0) {
      return RetryDecision.stop("no connection within " + maxElapsed.toSeconds() + " s");
    }
    return RetryDecision.after(request.failure().honourRetryAfter(delay, random));
  }
}
