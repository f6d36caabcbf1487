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
 * their defaults. First within half a second, then equal jitter from 2 to 120 s, for ever, but no
 * longer than 12 % of the outage as long as nobody answers; a throttling server is given 10 to 120
 * s.
 */
public final class BuiltInPolicy implements RetryPolicy {

  /** The name under which it is shown. */
  public static final String NAME = "built-in";

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Backoff NORMAL =
      new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(120), Jitter.EQUAL);
  private static final int UNANSWERED_PERCENT = 12;
  private static final Backoff THROTTLED =
      new Backoff(Duration.ofSeconds(10), 2, Duration.ofSeconds(120), Jitter.EQUAL);

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    Duration delay = slowed(request, delay(request, random), random);
    return RetryDecision.after(request.failure().honourRetryAfter(delay, random));
  }

  private static Duration delay(RetryRequest request, RandomGenerator random) {
    return request.failures() == 1
        ? Duration.ofMillis((long) (random.nextDouble() * (FIRST.toMillis() + 1)))
        : normal(request).delay(request.failures() - 1, request.previousDelay(), random);
  }

  private static Backoff normal(RetryRequest request) {
    return request.failure().unanswered()
        ? NORMAL.cappedAt(request.elapsed().dividedBy(100).multipliedBy(UNANSWERED_PERCENT))
        : NORMAL;
  }

  private static Duration slowed(RetryRequest request, Duration delay, RandomGenerator random) {
    if (!request.failure().throttled()) {
      return delay;
    }
    Duration slow = THROTTLED.delay(request.failures() - 1, request.previousDelay(), random);
    return slow.compareTo(delay) > 0 ? slow : delay;
  }
}
