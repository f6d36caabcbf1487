/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final BudgetLimits LIMITS = BudgetLimits.DEFAULT;
  private static final Duration INTERVAL = Duration.ofHours(8);

  @Test
  void shouldAllowOneAtOnceAndThenOneEachInterval() {
    Budget budget = spend(Budget.full(LIMITS), NOON);

    assertTrue(refused(budget, NOON.plus(INTERVAL).minusMillis(1)));
    budget = spend(budget, NOON.plus(INTERVAL));
    assertTrue(refused(budget, NOON.plus(INTERVAL)));
    assertEquals(
        INTERVAL.multipliedBy(2), Duration.between(NOON, budget.growsAt(LIMITS).orElseThrow()));
  }

  @Test
  void shouldCountTheIntervalFromTheLastTokenNotFromTheLastSpending() {
    Budget budget = spend(Budget.full(LIMITS), NOON);
    budget = spend(budget, NOON.plus(Duration.ofHours(12)));

    assertEquals(
        Duration.ofHours(8), budget.untilAvailable(LIMITS, NOON.plus(Duration.ofHours(12))));
  }

  @Test
  void shouldLetAnOperatorOverdrawByOneAndNoMore() {
    Budget empty = spend(Budget.full(LIMITS), NOON);

    Budget overdrawn = empty.spent(LIMITS, NOON, BUILT, true).orElseThrow();

    assertEquals(-1, overdrawn.left());
    assertEquals(0, overdrawn.available(LIMITS));
    assertEquals(Optional.empty(), overdrawn.spent(LIMITS, NOON, BUILT, true));
    assertEquals(INTERVAL.multipliedBy(2), overdrawn.untilAvailable(LIMITS, NOON));
    assertTrue(refused(overdrawn, NOON.plus(INTERVAL)));
    spend(overdrawn, NOON.plus(INTERVAL.multipliedBy(2)));
  }

  @Test
  void shouldNotEarnWhileTheClockIsImplausible() {
    Instant epoch = Instant.EPOCH;
    Budget budget = Budget.full(LIMITS).spent(LIMITS, epoch, BUILT, false).orElseThrow();

    Budget afterSynchronisation = budget.refilled(LIMITS, NOON, BUILT);

    assertEquals(0, afterSynchronisation.left(), "56 years from 1970 must not count");
    assertEquals(INTERVAL, afterSynchronisation.untilAvailable(LIMITS, NOON));
  }

  @Test
  void shouldStartAgainWhenTheClockWasAheadAndIsPutRight() {
    Budget inTheFuture = spend(Budget.full(LIMITS), Instant.parse("2038-01-19T03:14:07Z"));

    Budget putRight = inTheFuture.refilled(LIMITS, NOON, BUILT);

    assertEquals(0, putRight.left());
    assertEquals(INTERVAL, putRight.untilAvailable(LIMITS, NOON));
  }

  @Test
  void shouldNeverRefuseWhenUnlimited() {
    Budget budget = Budget.full(BudgetLimits.UNLIMITED);
    for (int i = 0; i < 100; i++) {
      budget = budget.spent(BudgetLimits.UNLIMITED, NOON, BUILT, false).orElseThrow();
    }
    assertEquals(Integer.MAX_VALUE, budget.available(BudgetLimits.UNLIMITED));
    assertEquals(Duration.ZERO, budget.untilAvailable(BudgetLimits.UNLIMITED, NOON));
    assertEquals(Optional.empty(), budget.growsAt(BudgetLimits.UNLIMITED));
  }

  @Test
  void shouldGiveBackWhatWasNotUsed() {
    Budget full = Budget.full(LIMITS);

    assertEquals(full, spend(full, NOON).givenBack(LIMITS));
    assertEquals(full, full.givenBack(LIMITS));
  }

  /** The promise: whatever restarts and clocks do, no more than this is spent. */
  @Property
  void shouldNeverSpendMoreThanTheBucketAndWhatTimeEarned(
      @ForAll @IntRange(min = 1, max = 10) int atOnce,
      @ForAll @IntRange(min = 1, max = 48) int perDay,
      @ForAll("steps") List<Step> steps) {
    BudgetLimits limits = new BudgetLimits(atOnce, perDay);
    Budget budget = Budget.full(limits);
    Instant now = NOON;
    Duration passed = Duration.ZERO;
    int spent = 0;
    for (Step step : steps) {
      now = now.plus(step.pause());
      passed = passed.plus(step.pause());
      Optional<Budget> next = budget.spent(limits, now, BUILT, false);
      spent += next.isPresent() ? 1 : 0;
      budget = next.orElse(budget);
    }
    long earned = passed.dividedBy(Duration.ofDays(1).dividedBy(perDay));
    assertTrue(spent <= atOnce + earned, spent + " spent, " + atOnce + " + " + earned + " allowed");
  }

  /** Each backward jump can cost the device time, never earn it a token. */
  @Property
  void shouldEarnNothingByAClockThatGoesBackwards(
      @ForAll @IntRange(min = 1, max = 10) int atOnce, @ForAll("jumps") List<Duration> jumps) {
    BudgetLimits limits = new BudgetLimits(atOnce, 3);
    Budget budget = Budget.full(limits);
    Instant now = Instant.parse("2090-01-01T00:00:00Z");
    int spent = 0;
    for (Duration back : jumps) {
      now = now.minus(back);
      Optional<Budget> next = budget.spent(limits, now, BUILT, false);
      spent += next.isPresent() ? 1 : 0;
      budget = next.orElse(budget);
    }
    assertTrue(spent <= atOnce);
  }

  /** A jump forward fills at most the bucket. */
  @Property
  void shouldNeverHoldMoreThanTheBucket(
      @ForAll @IntRange(min = 1, max = 100) int atOnce,
      @ForAll @IntRange(min = -1, max = 1000) int left,
      @ForAll @LongRange(min = -4_000_000_000L, max = 400_000_000_000L) long from,
      @ForAll @LongRange(min = -4_000_000_000L, max = 400_000_000_000L) long now) {
    BudgetLimits limits = new BudgetLimits(atOnce, 1000);
    Budget budget = new Budget(left, Instant.ofEpochSecond(from));

    Budget refilled = budget.refilled(limits, Instant.ofEpochSecond(now), BUILT);

    assertTrue(refilled.left() <= atOnce);
    assertEquals(refilled.left() == atOnce, refilled.countingFrom() == null);
    assertEquals(refilled, refilled.refilled(limits, Instant.ofEpochSecond(now), BUILT));
  }

  /** What is told to a person comes true: at that time, and not a second before. */
  @Property
  void shouldBecomeAvailableExactlyWhenItSays(
      @ForAll @IntRange(min = 1, max = 10) int atOnce,
      @ForAll @IntRange(min = 1, max = 1000) int perDay,
      @ForAll("steps") List<Step> steps) {
    BudgetLimits limits = new BudgetLimits(atOnce, perDay);
    Budget budget = Budget.full(limits);
    Instant now = NOON;
    for (Step step : steps) {
      now = now.plus(step.pause());
      budget = budget.spent(limits, now, BUILT, step.byOperator()).orElse(budget);
    }
    Duration wait = budget.refilled(limits, now, BUILT).untilAvailable(limits, now);

    assertTrue(budget.spent(limits, now.plus(wait), BUILT, false).isPresent());
    if (!wait.isZero()) {
      assertTrue(budget.spent(limits, now.plus(wait).minusNanos(1), BUILT, false).isEmpty());
    }
  }

  record Step(Duration pause, boolean byOperator) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 100_000).map(Duration::ofSeconds),
            Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Duration>> jumps() {
    return Arbitraries.longs().between(0, 10_000_000).map(Duration::ofSeconds).list().ofMaxSize(60);
  }

  private static Budget spend(Budget budget, Instant now) {
    return budget.spent(LIMITS, now, BUILT, false).orElseThrow();
  }

  private static boolean refused(Budget budget, Instant now) {
    return budget.spent(LIMITS, now, BUILT, false).isEmpty();
  }
}
