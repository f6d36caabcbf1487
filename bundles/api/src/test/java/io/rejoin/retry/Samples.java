/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Many draws of one delay, and what can be said about their distribution. */
final class Samples {

  private static final int DRAWS = 10_000;

  /**
   * Kolmogorov-Smirnov distance allowed over {@value #DRAWS} draws: a uniform source exceeds it
   * once in ten million.
   */
  private static final double ALLOWED_DISTANCE = 0.03;

  private final long[] sortedMillis;

  private Samples(long[] sortedMillis) {
    this.sortedMillis = sortedMillis;
  }

  static Samples of(long seed, Function<RandomGenerator, Duration> delay) {
    RandomGenerator random = new SplittableRandom(seed);
    return new Samples(
        LongStream.generate(() -> delay.apply(random).toMillis()).limit(DRAWS).sorted().toArray());
  }

  void shouldBeUniformBetween(Duration lowest, Duration highest) {
    double low = lowest.toMillis();
    double width = highest.toMillis() - low;
    assertTrue(sortedMillis[0] >= low, () -> "shortest is " + sortedMillis[0]);
    assertTrue(sortedMillis[DRAWS - 1] <= low + width, () -> "longest " + sortedMillis[DRAWS - 1]);
    for (int i = 0; i < DRAWS; i++) {
      double expected = (sortedMillis[i] - low) / width;
      double seen = (i + 1.0) / DRAWS;
      int index = i;
      assertTrue(
          Math.abs(expected - seen) <= ALLOWED_DISTANCE,
          () -> "not uniform at " + sortedMillis[index] + " ms");
    }
  }

  void shouldReach(Duration shortest, Duration longest) {
    assertEquals(shortest.toMillis(), sortedMillis[0]);
    assertEquals(longest.toMillis(), sortedMillis[DRAWS - 1]);
  }
}
