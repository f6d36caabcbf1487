/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Arithmetic on moments and counts that stops at the end of the scale instead of wrapping. */
final class Times {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private Times() {}

  static int next(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }

  static long plus(long at, long millis) {
    long sum = at + millis;
    boolean beyond = millis == NEVER || (millis > 0 && sum < at);
    return beyond ? NEVER : sum;
  }

  static long plus(long at, Duration duration) {
    return plus(at, millis(duration));
  }

  /** Whole milliseconds, rounded up, so that no pause comes out shorter; {@code NEVER} at most. */
  static long millis(Duration duration) {
    if (duration.getSeconds() >= NEVER / 1000) {
      return NEVER;
    }
    return duration.plusNanos(999_999).toMillis();
  }

  /** A random moment between {@code at} and {@code at + spread}. */
  static long within(long at, long spreadMillis, RandomGenerator random) {
    return spreadMillis <= 0
        ? at
        : plus(at, (long) (random.nextDouble() * ((double) spreadMillis + 1)));
  }

  static long within(long at, Duration spread, RandomGenerator random) {
    return within(at, millis(spread), random);
  }

  /** The monotonic moment of the next 00:00 UTC after an earlier monotonic moment. */
  static long midnightAfter(long at, Moment now) {
    long wall = now.wallMillis() - (now.monotonicMillis() - at);
    return plus(at, DAY_MILLIS - Math.floorMod(wall, DAY_MILLIS));
  }
}
