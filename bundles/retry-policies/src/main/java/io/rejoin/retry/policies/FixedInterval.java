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
 * The same delay each time: for a few gateways whose operator wants to know when the next attempt
 * comes. Without jitter a fleet that failed together comes back together, each time.
 *
 * @param interval the delay
 * @param jitterPercent by up to how much it is shortened at random, 0 to 100
 * @param rules what all policies share
 */
public record FixedInterval(Duration interval, int jitterPercent, CommonRules rules)
    implements RetryPolicy {

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return rules.apply(request, Chance.shortened(interval, jitterPercent, random), random);
  }
}
