/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Uniform random durations, to the millisecond. */
final class Chance {

  private Chance() {}

  /** {@code U(lowest, highest)}, both ends included. */
  static Duration between(Duration lowest, Duration highest, RandomGenerator random) {
    long low = lowest.toMillis();
    long width = highest.toMillis() - low;
    return Duration.ofMillis(low + (long) (random.nextDouble() * (width + 1)));
  }

  /**
   * Shortens a delay by up to {@code percent}: 0 leaves it, 50 is equal jitter, 100 full jitter. It
   * never gets longer, so that a cap stays one.
   */
  static Duration shortened(Duration delay, int percent, RandomGenerator random) {
    return between(delay.minus(delay.multipliedBy(percent).dividedBy(100)), delay, random);
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
