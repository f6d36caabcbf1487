/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Chance.longer;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all policies share, whatever delay each one chooses: when to give up, to slow down for a
 * server that throttles, and never to come back before its Retry-After.
 *
 * @param whenThrottled the least delay while the server throttles; null leaves the policy's own.
 *     Node's Azure SDK has such a second set of parameters (10 to 60 s), no other one has
 * @param maxAttempts after how many attempts in a row to give up; 0 for never
 * @param maxElapsed how long after the first failure to give up; zero for never
 */
public record CommonRules(@Nullable Backoff whenThrottled, int maxAttempts, Duration maxElapsed) {

  /**
   * No limit, and 10 to 120 s with equal jitter when throttled: the base is Node's, the cap is not
   * shorter than that of {@link ExponentialBackoff#DEFAULT}.
   */
  public static final CommonRules DEFAULT =
      new CommonRules(
          new Backoff(Duration.ofSeconds(10), 2, Duration.ofSeconds(120), Jitter.EQUAL),
          0,
          Duration.ZERO);

  /** Applies the rules to the delay that the policy itself would choose. */
  RetryDecision apply(RetryRequest request, Duration own, RandomGenerator random) {
    if (maxAttempts > 0 && request.failures() > maxAttempts) {
      return RetryDecision.stop(maxAttempts + " attempts used up");
    }
    if (!maxElapsed.isZero() && request.elapsed().compareTo(maxElapsed) >= 0) {
      return RetryDecision.stop("no connection within " + maxElapsed.toSeconds() + " s");
    }
    return RetryDecision.after(
        request.failure().honourRetryAfter(slowed(request, own, random), random));
  }

  private Duration slowed(RetryRequest request, Duration own, RandomGenerator random) {
    return whenThrottled == null || !request.failure().throttled()
        ? own
        : longer(own, whenThrottled.delay(request.failures(), request.previousDelay(), random));
  }
}
