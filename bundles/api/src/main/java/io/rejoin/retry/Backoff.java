/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Truncated exponential back-off with jitter, as a value: the one formula that the policies, the
 * built-in policy and provisioning share, and that a custom policy may use.
 *
 * @param base the delay after the first failure, before jitter; more than zero
 * @param factor by how much it grows with each failure; 1 or more
 * @param cap the longest delay; at least {@code base}
 * @param jitter how the delay is blurred, also when it is at the cap
 */
public record Backoff(Duration base, double factor, Duration cap, Jitter jitter) {

  public Backoff {
    Objects.requireNonNull(jitter, "jitter");
    if (base.isNegative() || base.isZero()) {
      throw new IllegalArgumentException("base has to be more than zero: " + base);
    }
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor has to be 1 or more: " + factor);
    }
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("cap " + cap + " is shorter than base " + base);
    }
  }

  /**
   * The delay after the n-th failure in a row.
   *
   * @param failures n, 1 or more; no value overflows
   * @param previous the delay chosen after the failure before, zero for the first; read by
   *     decorrelated jitter alone
   * @param random the source of chance
   * @return between zero and {@code cap}, to the millisecond
   */
  public Duration delay(int failures, Duration previous, RandomGenerator random) {
    long capMillis = cap.toMillis();
    long baseMillis = base.toMillis();
    double grown = baseMillis * Math.pow(factor, Math.max(0, failures - 1));
    long value = grown >= capMillis ? capMillis : (long) grown;
    long millis =
        switch (jitter) {
          case NONE -> value;
          case FULL -> upTo(value, random);
          case EQUAL -> value - value / 2 + upTo(value / 2, random);
          case DECORRELATED -> decorrelated(baseMillis, capMillis, previous.toMillis(), random);
        };
    return Duration.ofMillis(millis);
  }

  private static long decorrelated(long base, long cap, long previous, RandomGenerator random) {
    long highest = previous >= cap / 3 ? cap : Math.max(base, 3 * previous);
    return base + upTo(highest - base, random);
  }

  private static long upTo(long highest, RandomGenerator random) {
    return (long) (random.nextDouble() * (highest + 1));
  }
}
