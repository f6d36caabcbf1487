/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration LONGEST = Duration.ofHours(RetryPolicy.MAX_DELAY_HOURS);

  @Property
  void shouldStayBetweenZeroAndTheCapForEveryNumberOfFailures(
      @ForAll("backoffs") Backoff backoff,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll("durations") Duration previous,
      @ForAll long seed) {
    Duration delay = backoff.delay(failures, previous, new SplittableRandom(seed));

    assertTrue(!delay.isNegative(), () -> "negative: " + delay);
    assertTrue(delay.compareTo(backoff.cap()) <= 0, () -> "over the cap: " + delay);
  }

  @Test
  void shouldTakeALowerCapButNoneBelowTheBaseNorAHigherOne() {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.EQUAL);

    assertEquals(
        new Backoff(ofSeconds(2), 2, ofSeconds(7), Jitter.EQUAL), backoff.cappedAt(ofSeconds(7)));
    assertEquals(
        new Backoff(ofSeconds(2), 2, ofSeconds(2), Jitter.EQUAL), backoff.cappedAt(ofSeconds(1)));
    assertEquals(
        new Backoff(ofSeconds(2), 2, ofSeconds(2), Jitter.EQUAL), backoff.cappedAt(ofSeconds(2)));
    assertSame(backoff, backoff.cappedAt(ofSeconds(120)));
    assertSame(backoff, backoff.cappedAt(ofSeconds(121)));
  }

  @Property
  void shouldGiveTheSameDelayForTheSameRandomNumbers(
      @ForAll("backoffs") Backoff backoff,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll("durations") Duration previous,
      @ForAll long seed) {
    assertEquals(
        backoff.delay(failures, previous, new SplittableRandom(seed)),
        backoff.delay(failures, previous, new SplittableRandom(seed)));
  }

  @Property
  void shouldGrowWithoutJitterUntilTheCapAndStayThere(
      @ForAll("backoffs") Backoff any, @ForAll @IntRange(min = 1) int failures) {
    Backoff backoff = with(any, Jitter.NONE);
    Duration delay = delay(backoff, failures);
    Duration next = delay(backoff, failures == Integer.MAX_VALUE ? failures : failures + 1);

    assertTrue(next.compareTo(delay) >= 0, () -> delay + " then " + next);
    assertEquals(millis(backoff.base()), millis(delay(backoff, 1)));
    if (any.factor() >= 1.1) {
      assertEquals(millis(backoff.cap()), millis(delay(backoff, Integer.MAX_VALUE)));
    }
  }

  @Property
  void shouldKeepAtLeastHalfTheValueWithEqualJitter(
      @ForAll("backoffs") Backoff backoff,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll long seed) {
    long value = millis(delay(with(backoff, Jitter.NONE), failures));
    long blurred =
        with(backoff, Jitter.EQUAL)
            .delay(failures, Duration.ZERO, new SplittableRandom(seed))
            .toMillis();

    assertTrue(2 * blurred >= value && blurred <= value, () -> blurred + " of " + value);
  }

  @Property
  void shouldNeverGoBelowTheBaseWithDecorrelatedJitter(
      @ForAll("backoffs") Backoff any,
      @ForAll @IntRange(min = 1) int failures,
      @ForAll("durations") Duration previous,
      @ForAll long seed) {
    Backoff backoff = with(any, Jitter.DECORRELATED);

    long delay = backoff.delay(failures, previous, new SplittableRandom(seed)).toMillis();

    long longest = 3 * Math.max(millis(backoff.base()), millis(previous));
    assertTrue(delay >= millis(backoff.base()) && delay <= longest, () -> delay + " ms");
  }

  @Test
  void shouldDoubleFromBaseToCap() {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.NONE);

    long[] seconds =
        IntStream.rangeClosed(1, 9).mapToLong(n -> delay(backoff, n).toSeconds()).toArray();

    assertArrayEquals(new long[] {2, 4, 8, 16, 32, 64, 120, 120, 120}, seconds);
  }

  @Property(tries = 5)
  void shouldSpreadFullJitterFromZeroToTheValue(@ForAll long seed) {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.FULL);

    draws(backoff, 3, Duration.ZERO, seed).shouldBeUniformBetween(Duration.ZERO, ofSeconds(8));
  }

  @Property(tries = 5)
  void shouldSpreadEqualJitterOverTheUpperHalf(@ForAll long seed) {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.EQUAL);

    draws(backoff, 3, Duration.ZERO, seed).shouldBeUniformBetween(ofSeconds(4), ofSeconds(8));
  }

  @Property(tries = 5)
  void shouldSpreadDecorrelatedJitterUpToThreeTimesThePreviousDelay(@ForAll long seed) {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.DECORRELATED);

    draws(backoff, 2, ofSeconds(10), seed).shouldBeUniformBetween(ofSeconds(2), ofSeconds(30));
  }

  @Property(tries = 5)
  void shouldSpreadTheFirstDecorrelatedDelayToo(@ForAll long seed) {
    Backoff backoff = new Backoff(ofSeconds(2), 2, ofSeconds(120), Jitter.DECORRELATED);

    draws(backoff, 1, Duration.ZERO, seed).shouldBeUniformBetween(ofSeconds(2), ofSeconds(6));
  }

  @Property(tries = 5)
  void shouldKeepTheJitterAtTheCap(@ForAll long seed, @ForAll @IntRange(min = 7) int failures) {
    Duration cap = ofSeconds(120);

    draws(new Backoff(ofSeconds(2), 2, cap, Jitter.FULL), failures, cap, seed)
        .shouldBeUniformBetween(Duration.ZERO, cap);
    draws(new Backoff(ofSeconds(2), 2, cap, Jitter.EQUAL), failures, cap, seed)
        .shouldBeUniformBetween(ofSeconds(60), cap);
    draws(new Backoff(ofSeconds(2), 2, cap, Jitter.DECORRELATED), failures, cap, seed)
        .shouldBeUniformBetween(ofSeconds(2), cap);
  }

  @Test
  void shouldReachBothEndsOfTheJitter() {
    Backoff backoff = new Backoff(ofMillis(1), 2, ofMillis(2), Jitter.FULL);

    draws(backoff, 1, Duration.ZERO, 1).shouldReach(Duration.ZERO, ofMillis(1));
    draws(backoff, 2, Duration.ZERO, 1).shouldReach(Duration.ZERO, ofMillis(2));
  }

  @Test
  void shouldRefuseWhatMakesNoBackoff() {
    refused("base", ofMillis(1).minusNanos(1), 2, ofSeconds(1), Jitter.FULL);
    refused("base", ofSeconds(-1), 2, ofSeconds(1), Jitter.FULL);
    refused("factor", ofSeconds(1), Math.nextDown(1.0), ofSeconds(1), Jitter.FULL);
    refused("factor", ofSeconds(1), Double.NaN, ofSeconds(1), Jitter.FULL);
    refused("factor", ofSeconds(1), Double.POSITIVE_INFINITY, ofSeconds(1), Jitter.FULL);
    refused("cap", ofSeconds(1), 2, ofSeconds(1).minusNanos(1), Jitter.FULL);
    refused("cap", ofSeconds(1), 2, LONGEST.plusNanos(1), Jitter.FULL);
    assertThrows(NullPointerException.class, () -> new Backoff(null, 2, ofSeconds(1), Jitter.FULL));
    assertThrows(NullPointerException.class, () -> new Backoff(ofSeconds(1), 2, null, Jitter.FULL));
    assertThrows(
        NullPointerException.class, () -> new Backoff(ofSeconds(1), 2, ofSeconds(1), null));
  }

  @Test
  void shouldAcceptTheExtremes() {
    Backoff backoff = new Backoff(ofMillis(1), 1, LONGEST, Jitter.NONE);

    assertEquals(ofMillis(1), delay(backoff, Integer.MAX_VALUE));
    assertEquals(
        LONGEST, delay(new Backoff(LONGEST, Double.MAX_VALUE, LONGEST, Jitter.NONE), 1_000));
  }

  @Provide
  Arbitrary<Backoff> backoffs() {
    Arbitrary<Long> base = Arbitraries.longs().between(1, LONGEST.toMillis());
    Arbitrary<Double> factor = Arbitraries.doubles().between(1, 1e9);
    Arbitrary<Long> growth = Arbitraries.longs().between(0, LONGEST.toMillis());
    return Combinators.combine(base, factor, growth, Arbitraries.of(Jitter.class))
        .as(
            (b, f, g, jitter) ->
                new Backoff(ofMillis(b), f, ofMillis(Math.min(b + g, LONGEST.toMillis())), jitter));
  }

  @Provide
  Arbitrary<Duration> durations() {
    return Arbitraries.longs().between(0, 10 * LONGEST.toMillis()).map(Duration::ofMillis);
  }

  private static Samples draws(Backoff backoff, int failures, Duration previous, long seed) {
    return Samples.of(seed, random -> backoff.delay(failures, previous, random));
  }

  private static Backoff with(Backoff backoff, Jitter jitter) {
    return new Backoff(backoff.base(), backoff.factor(), backoff.cap(), jitter);
  }

  private static Duration delay(Backoff backoff, int failures) {
    return backoff.delay(failures, Duration.ZERO, new SplittableRandom(1));
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }

  private static void refused(
      String name, Duration base, double factor, Duration cap, Jitter jitter) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Backoff(base, factor, cap, jitter));
    assertTrue(refusal.getMessage().startsWith(name), refusal::getMessage);
  }
}
