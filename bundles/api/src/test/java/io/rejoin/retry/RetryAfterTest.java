/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final long WEEK_MILLIS = ofSeconds(604_800).toMillis();

  @Test
  void shouldLeaveTheDelayAndTheRandomNumbersAloneWhenTheServerAskedForNothing() {
    SplittableRandom random = new SplittableRandom(7);
    Failure failure = Failure.of(FailureKind.CONNECTION_CLOSED, "");

    assertEquals(ofSeconds(3), failure.honourRetryAfter(ofSeconds(3), random));
    assertEquals(new SplittableRandom(7).nextLong(), random.nextLong());
  }

  @Property
  void shouldShortenNeitherTheServersWishNorTheDelay(
      @ForAll @LongRange(max = 604_800_000) long askedMillis,
      @ForAll @LongRange(max = 604_800_000) long delayMillis,
      @ForAll long seed) {
    Duration asked = Duration.ofMillis(askedMillis);
    Duration delay = Duration.ofMillis(delayMillis);

    Duration honoured = asking(asked).honourRetryAfter(delay, new SplittableRandom(seed));

    assertTrue(honoured.compareTo(asked) >= 0, () -> "Retry-After shortened: " + honoured);
    assertTrue(honoured.compareTo(delay) >= 0, () -> "delay shortened: " + honoured);
    assertTrue(honoured.toMillis() <= 2 * WEEK_MILLIS);
  }

  @Property(tries = 5)
  void shouldBlurTheServersWishByTheDelay(@ForAll long seed) {
    Samples.of(seed, random -> asking(ofSeconds(30)).honourRetryAfter(ofSeconds(20), random))
        .shouldBeUniformBetween(ofSeconds(30), ofSeconds(50));
  }

  @Property(tries = 5)
  void shouldBlurTheServersWishByAtLeastASecond(@ForAll long seed) {
    Samples.of(seed, random -> asking(ofSeconds(30)).honourRetryAfter(Duration.ZERO, random))
        .shouldBeUniformBetween(ofSeconds(30), ofSeconds(31));
  }

  private static Failure asking(Duration retryAfter) {
    return new Failure(FailureKind.THROTTLED, "", 429, 429_001, retryAfter);
  }
}
