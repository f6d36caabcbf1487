/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for billable registrations, kept over restarts so that a crash loop cannot make a
 * bill. A pure value: wall time is an argument, since only wall time goes on while the gateway is
 * off.
 *
 * <p>Wall time may lie, so it is believed only in one direction: time that went backwards counts as
 * none, no jump can fill more than the bucket, and a clock that is behind the build of this
 * software earns nothing.
 *
 * @param left registrations left; negative after an operator's overdraft
 * @param countingFrom since when the next one is being earned; null while the bucket is full, and
 *     while no plausible time was seen since it was full
 */
public record Budget(int left, @Nullable Instant countingFrom) {

  /** A new device's budget. */
  public static Budget full(BudgetLimits limits) {
    return new Budget(limits.atOnce(), null);
  }

  /**
   * This budget with what was earned until now.
   *
   * @param plausibleFrom no honest clock shows less, such as the time this software was built
   */
  public Budget refilled(BudgetLimits limits, Instant now, Instant plausibleFrom) {
    if (limits.unlimited() || left >= limits.atOnce()) {
      return full(limits);
    }
    if (now.isBefore(plausibleFrom)) {
      return this;
    }
    if (countingFrom == null || countingFrom.isAfter(now)) {
      return new Budget(left, now);
    }
    Duration interval = limits.interval();
    long earned = Duration.between(countingFrom, now).dividedBy(interval);
    if (earned >= limits.atOnce() - (long) left) {
      return full(limits);
    }
    return new Budget(left + (int) earned, countingFrom.plus(interval.multipliedBy(earned)));
  }

  /**
   * This budget after one registration, empty when it does not allow one.
   *
   * @param byOperator a person asked: may overdraw an empty budget by one
   */
  public Optional<Budget> spent(
      BudgetLimits limits, Instant now, Instant plausibleFrom, boolean byOperator) {
    Budget current = refilled(limits, now, plausibleFrom);
    if (limits.unlimited()) {
      return Optional.of(current);
    }
    if (current.left < (byOperator ? 0 : 1)) {
      return Optional.empty();
    }
    boolean startsCounting = current.countingFrom == null && !now.isBefore(plausibleFrom);
    return Optional.of(new Budget(current.left - 1, startsCounting ? now : current.countingFrom));
  }

  /** This budget with a registration given back that the service did not take on. */
  public Budget givenBack(BudgetLimits limits) {
    return left + 1 >= limits.atOnce() ? full(limits) : new Budget(left + 1, countingFrom);
  }

  /** How many registrations are left now; {@link Integer#MAX_VALUE} when unlimited. */
  public int available(BudgetLimits limits) {
    return limits.unlimited() ? Integer.MAX_VALUE : Math.max(0, left);
  }

  /** When the next one has been earned, empty when the bucket is full or its clock not running. */
  public Optional<Instant> growsAt(BudgetLimits limits) {
    return limits.unlimited() || countingFrom == null
        ? Optional.empty()
        : Optional.of(countingFrom.plus(limits.interval()));
  }

  /** How long until a registration is allowed without an operator; zero when one is now. */
  public Duration untilAvailable(BudgetLimits limits, Instant now) {
    if (limits.unlimited() || left > 0) {
      return Duration.ZERO;
    }
    Duration toEarn = limits.interval().multipliedBy(1L - left);
    if (countingFrom == null || countingFrom.isAfter(now)) {
      return toEarn;
    }
    Duration rest = Duration.between(now, countingFrom.plus(toEarn));
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}
