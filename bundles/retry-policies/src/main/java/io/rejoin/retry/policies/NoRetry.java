/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.util.random.RandomGenerator;

/**
 * Never tries again: for commissioning and tests, where the first failure is what one wants to see.
 *
 * @param reason what the connection shows when it stops; not empty
 */
public record NoRetry(String reason) implements RetryPolicy {

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return RetryDecision.stop(reason);
  }
}
