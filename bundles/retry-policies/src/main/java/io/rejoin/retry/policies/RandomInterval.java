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
 * {@code U(shortest, longest)} each time, without any growth: for a fleet of known size. With 1 s
 * and N / C (devices by connections a second) it is the delay of Microsoft's "Best practices for
 * large-scale Microsoft Azure IoT Hub device deployments with DPS".
 *
 * @param shortest the shortest delay
 * @param longest the longest delay; at least {@code shortest}
 * @param rules what all policies share
 */
public record RandomInterval(Duration shortest, Duration longest, CommonRules rules)
    implements RetryPolicy {

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return rules.apply(request, Chance.between(shortest, longest, random), random);
  }
}
