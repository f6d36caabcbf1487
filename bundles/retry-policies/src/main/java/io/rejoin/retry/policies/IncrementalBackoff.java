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
 * A delay that grows by the same step with each failure, up to a cap: gentler than doubling, for
 * links that are often down for some minutes.
 *
 * @param initial the delay after the first failure
 * @param increment by how much it grows with each further one; zero for not at all
 * @param cap the longest delay; at least {@code initial}
 * @param jitterPercent by up to how much each delay is shortened at random, 0 to 100
 * @param rules what all policies share
 */
public record IncrementalBackoff(
    Duration initial, Duration increment, Duration cap, int jitterPercent, CommonRules rules)
    implements RetryPolicy {

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return rules.apply(
        request, Chance.shortened(grown(request.failures()), jitterPercent, random), random);
  }

  private Duration grown(int failures) {
    Duration grown = initial.plus(increment.multipliedBy(failures - 1L));
    return grown.compareTo(cap) < 0 ? grown : cap;
  }
}
