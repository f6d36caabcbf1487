/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What {@code ExponentialBackoffWithJitter} of the Azure IoT device SDK for Java 2.5.0 does, for
 * comparison and migration. With n failures before this one the delay is
 *
 * <pre>{@code
 * 0                                                       n = 0 and firstFastRetry
 * min(min + (2^n - 1) * U[0.8 delta, 1.2 delta), max)     otherwise, in whole milliseconds
 * }</pre>
 *
 * by default for example 0, 191, 421, 758, 1870, 2704, 5266, 10000, 10000 ms. The SDK's own Javadoc
 * gives another formula, which is not the one in its code.
 *
 * <p>Two defects are part of it. From the eighth failure on every delay is exactly {@code max},
 * without jitter, so that a fleet stays together: 100 000 devices need 3.4 x the time that the hub
 * needs. And 10 s is too short for a fleet of that size: when a refusal costs the hub 1 % of a
 * connection, 10 x.
 *
 * <p>The SDK gives up after 4 minutes, by its operation timeout rather than by this policy: set
 * {@link Limits#maxElapsed()} for that. Retry-After is honoured all the same.
 *
 * @param minMillis the SDK's minBackoff
 * @param maxMillis the SDK's maxBackoff; at least {@code minMillis}
 * @param deltaMillis the SDK's deltaBackoff, 1 or more (with 0 the SDK itself throws)
 * @param firstFastRetry whether the first attempt comes at once
 * @param limits when to give up; its maxAttempts is the SDK's retryCount
 */
public record AzureSdkCompatible(
    int minMillis, int maxMillis, int deltaMillis, boolean firstFastRetry, Limits limits)
    implements RetryPolicy {

  /** The SDK's defaults: 100 ms to 10 s, first at once, without end; it knows no throttling. */
  public static final AzureSdkCompatible DEFAULT =
      new AzureSdkCompatible(100, 10_000, 100, true, Limits.NONE);

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return limits.apply(request, delay(request.failures() - 1, random), random);
  }

  private Duration delay(int before, RandomGenerator random) {
    if (before == 0 && firstFastRetry) {
      return Duration.ZERO;
    }
    int lowest = (int) (deltaMillis * 0.8);
    int highest = (int) (deltaMillis * 1.2);
    int delta = lowest + random.nextInt(highest - lowest);
    double grown = minMillis + Math.floor((Math.pow(2, before) - 1) * delta);
    return Duration.ofMillis((long) Math.min(grown, maxMillis));
  }
}
