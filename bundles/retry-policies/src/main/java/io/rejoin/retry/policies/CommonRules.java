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

/**
 * What the policies share, whatever delay each one chooses: to slow down for a server that
 * throttles, never to come back before its Retry-After, and when to give up.
 *
 * @param whenThrottled the least delay while the server throttles. Of Microsoft's SDKs only Node's
 *     has such a second set of parameters (10 to 60 s)
 * @param limits when to give up
 */
public record CommonRules(Backoff whenThrottled, Limits limits) {

  /**
   * 10 to 120 s with equal jitter when throttled, and no limits. The base is Node's; the cap is not
   * shorter than that of {@link ExponentialBackoff#DEFAULT}.
   */
  public static final CommonRules DEFAULT =
      new CommonRules(
          new Backoff(Duration.ofSeconds(10), 2, Duration.ofSeconds(120), Jitter.EQUAL),
          Limits.NONE);

  /** Applies the rules to the delay that the policy itself would choose. */
  RetryDecision apply(RetryRequest request, Duration own, RandomGenerator random) {
    return limits.apply(request, slowed(request, own, random), random);
  }

  /** The first failure was a loss, as a rule; the first "no" of a busy server is the second. */
  private Duration slowed(RetryRequest request, Duration own, RandomGenerator random) {
    return request.failure().throttled()
        ? longer(own, whenThrottled.delay(request.failures() - 1, request.previousDelay(), random))
        : own;
  }
}
