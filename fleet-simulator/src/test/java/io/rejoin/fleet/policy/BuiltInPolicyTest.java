/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.reconnect.BuiltInPolicy;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryRequest;
import io.rejoin.retry.policies.ExponentialBackoff;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The flow must not depend on the policies' bundle, so that its own policy says it once more. */
class BuiltInPolicyTest {

  private final BuiltInPolicy builtIn = new BuiltInPolicy();

  @Property(tries = 2_000)
  void shouldDecideLikeTheDefaultOfTheExponentialBackoff(
      @ForAll @IntRange(min = 1) int failures,
      @ForAll @IntRange(min = 0, max = 2_000_000) int elapsedMillis,
      @ForAll @IntRange(min = 0, max = 1_000_000) int previousMillis,
      @ForAll FailureKind kind,
      @ForAll @IntRange(min = -1, max = 600) int retryAfterSeconds,
      @ForAll boolean lost,
      @ForAll long seed) {
    Duration retryAfter = retryAfterSeconds < 0 ? null : Duration.ofSeconds(retryAfterSeconds);
    RetryRequest request =
        new RetryRequest(
            failures,
            Duration.ofMillis(elapsedMillis),
            Duration.ofMillis(previousMillis),
            lost,
            Duration.ZERO,
            new Failure(kind, "", 0, 0, retryAfter));
    assertEquals(
        ExponentialBackoff.DEFAULT.decide(request, new SplittableRandom(seed)),
        builtIn.decide(request, new SplittableRandom(seed)));
  }
}
