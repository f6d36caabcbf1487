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
 * built-in policy and provisioning share, and that a custom policy may use. Immutable; every delay
 * is whole milliseconds.
 *
 * @param base the delay after the first failure, before jitter; 1 ms or more
 * @param factor by how much it grows with each failure, 1 or more; decorrelated jitter does not
 *     read it
 * @param cap the longest delay; at least {@code base}, at most {@link RetryPolicy#MAX_DELAY_HOURS}
 * @param jitter how the delay is blurred, also when it is at the cap
 */
public record Backoff(Duration base, double factor, Duration cap, Jitter jitter) {

  /** A shorter one would count as zero and never grow. */
  private static final Duration SHORTEST_BASE = Duration.ofMillis(1);

  private static final Duration LONGEST_CAP = Duration.ofHours(RetryPolicy.MAX_DELAY_HOURS);

  public Backoff {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(cap, "cap");
    Objects.requireNonNull(jitter, "jitter");
    if (base.compareTo(SHORTEST_BASE) < 0) {
      throw new IllegalArgumentException("base has to be at least 1 ms: " + base);
    }
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor has to be 1 or more: " + factor);
    }
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("cap " + cap + " is shorter than base " + base);
    }
    if (cap.compareTo(LONGEST_CAP) > 0) {
      throw new IllegalArgumentException("cap " + cap + " is longer than " + LONGEST_CAP);
    }
  }

  /** The same with another cap, if that is lower; never below the base. */
  public Backoff cappedAt(Duration lower) {
    Duration least = lower.compareTo(base) < 0 ? base : lower;
    return least.compareTo(cap) < 0 ? new Backoff(base, factor, least, jitter) : this;
  }

  /**
   * The delay after the n-th failure in a row.
   *
   * @param failures n, 1 or more; no value overflows
   * @param previous the delay chosen after the failure before; read by decorrelated jitter alone,
   *     for which anything shorter than {@code base}, such as zero at the first, counts as {@code
   *     base}
   * @param random the source of chance
   * @return between zero and {@code cap}, and with decorrelated jitter at least {@code base}
   */
  public Duration delay(int failures, Duration previous, RandomGenerator random) {
    long capMillis = cap.toMillis();
    long baseMillis = base.toMillis();
    double grown = baseMillis * Math.pow(factor, Math.max(0, failures - 1));
    long value = (long) Math.min(grown, capMillis);
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
    return base + upTo(Math.min(cap, 3 * Math.max(base, previous)) - base, random);
  }

  private static long upTo(long highest, RandomGenerator random) {
    return (long) (random.nextDouble() * (highest + 1));
  }
}
