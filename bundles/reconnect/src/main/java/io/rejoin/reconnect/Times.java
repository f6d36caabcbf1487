/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Arithmetic on moments that may be "never". */
final class Times {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private Times() {}

  static long plus(long at, long millis) {
    long sum = at + millis;
    return millis > 0 && sum < at ? FlowState.NEVER : sum;
  }

  static long plus(long at, Duration duration) {
    return plus(at, duration.toMillis());
  }

  /** A random moment between {@code at} and {@code at + spread}. */
  static long within(long at, long spreadMillis, RandomGenerator random) {
    return spreadMillis <= 0 ? at : plus(at, (long) (random.nextDouble() * (spreadMillis + 1)));
  }

  static long within(long at, Duration spread, RandomGenerator random) {
    return within(at, spread.toMillis(), random);
  }

  /** The monotonic moment of the next 00:00 UTC. */
  static long nextMidnight(Moment now) {
    return plus(now.monotonicMillis(), DAY_MILLIS - Math.floorMod(now.wallMillis(), DAY_MILLIS));
  }
}
