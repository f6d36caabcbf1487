/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import java.time.Duration;
import java.util.Objects;

/**
 * A policy's answer: wait and try again, or give up. Immutable.
 *
 * @param retry whether to try again
 * @param delay how long to wait, counted from the start of the failed attempt, or from the moment
 *     the connection was lost; zero when {@code retry} is false
 * @param reason why the policy gives up, for an operator; empty when {@code retry} is true
 */
public record RetryDecision(boolean retry, Duration delay, String reason) {

  public RetryDecision {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(reason, "reason");
  }

  /** Try again after this delay; zero means at once. */
  public static RetryDecision after(Duration delay) {
    return new RetryDecision(true, delay, "");
  }

  /** Give up, because of this: "10 attempts used up". */
  public static RetryDecision stop(String reason) {
    return new RetryDecision(false, Duration.ZERO, reason);
  }
}
