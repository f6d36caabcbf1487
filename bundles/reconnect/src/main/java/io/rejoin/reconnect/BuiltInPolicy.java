/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The policy that works when no other does: the exponential back-off of the retry policies with
 * their defaults. First within half a second, then equal jitter from 2 to 120 s, for ever; a
 * throttling server is given 10 to 120 s.
 */
public final class BuiltInPolicy implements RetryPolicy {

  /** The name under which it is shown. */
  public static final String NAME = "built-in";

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Backoff NORMAL =
      new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(120), Jitter.EQUAL);
  private static final Backoff THROTTLED =
      new Backoff(Duration.ofSeconds(10), 2, Duration.ofSeconds(120), Jitter.EQUAL);

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    Duration retryAfter = request.failure().retryAfter();
    if (retryAfter != null) {
      long spreadMillis = 1000 + retryAfter.toMillis() / 10;
      return RetryDecision.after(
          retryAfter.plusMillis((long) (random.nextDouble() * spreadMillis)));
    }
    if (request.failure().throttled()) {
      return RetryDecision.after(
          THROTTLED.delay(request.failures(), request.previousDelay(), random));
    }
    if (request.failures() == 1) {
      return RetryDecision.after(
          Duration.ofMillis((long) (random.nextDouble() * FIRST.toMillis())));
    }
    return RetryDecision.after(
        NORMAL.delay(request.failures() - 1, request.previousDelay(), random));
  }
}
