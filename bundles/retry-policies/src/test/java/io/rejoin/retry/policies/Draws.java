/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** What a policy answers to one request when it is asked ten thousand times. */
final class Draws {

  private static final int COUNT = 10_000;

  /** Kolmogorov-Smirnov: a uniform source is farther off once in ten million. */
  private static final double ALLOWED_DISTANCE = 0.03;

  private final long[] sortedMillis;

  private Draws(long[] sortedMillis) {
    this.sortedMillis = sortedMillis;
  }

  static Draws of(RetryPolicy policy, RetryRequest request) {
    RandomGenerator random = new SplittableRandom(20_260_101);
    return new Draws(
        LongStream.generate(() -> delay(policy, request, random).toMillis())
            .limit(COUNT)
            .sorted()
            .toArray());
  }

  /** One answer, which has to be to try again. */
  static Duration delay(RetryPolicy policy, RetryRequest request, RandomGenerator random) {
    RetryDecision decision = policy.decide(request, random);
    assertTrue(decision.retry(), () -> "gives up: " + decision.reason());
    return decision.delay();
  }

  void shouldAllBe(Duration delay) {
    assertEquals(delay.toMillis(), sortedMillis[0]);
    assertEquals(delay.toMillis(), sortedMillis[COUNT - 1]);
  }

  void shouldBeUniformBetween(Duration lowest, Duration highest) {
    shouldLieBetween(lowest, highest);
    double low = lowest.toMillis();
    double width = highest.toMillis() - low;
    for (int i = 0; i < COUNT; i++) {
      double distance = Math.abs((sortedMillis[i] - low) / width - (i + 1.0) / COUNT);
      int index = i;
      assertTrue(
          distance <= ALLOWED_DISTANCE, () -> "not uniform at " + sortedMillis[index] + " ms");
    }
  }

  void shouldLieBetween(Duration lowest, Duration highest) {
    assertTrue(sortedMillis[0] >= lowest.toMillis(), () -> "shortest: " + sortedMillis[0]);
    assertTrue(
        sortedMillis[COUNT - 1] <= highest.toMillis(), () -> "longest: " + sortedMillis[COUNT - 1]);
  }

  /** The share of answers that are no longer than this. */
  double shareUpTo(Duration delay) {
    return LongStream.of(sortedMillis).filter(millis -> millis <= delay.toMillis()).count()
        / (double) COUNT;
  }
}
