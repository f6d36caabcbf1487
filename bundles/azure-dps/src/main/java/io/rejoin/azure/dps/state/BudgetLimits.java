/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import java.time.Duration;

/**
 * How many billable registrations a device may make. Immutable.
 *
 * @param atOnce how many may follow each other without a pause, at least 1; the bucket's size
 * @param perDay how many a day in the long run, at least 1; 0 for no limit at all
 */
public record BudgetLimits(int atOnce, int perDay) {

  /** As often as the connection asks. */
  public static final BudgetLimits UNLIMITED = new BudgetLimits(1, 0);

  /** One at once and three a day: enough for every honest reason to move, too little for a bill. */
  public static final BudgetLimits DEFAULT = new BudgetLimits(1, 3);

  public BudgetLimits {
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce is below 1: " + atOnce);
    }
    if (perDay < 0) {
      throw new IllegalArgumentException("perDay is negative: " + perDay);
    }
  }

  public boolean unlimited() {
    return perDay == 0;
  }

  /** How long one registration takes to be earned; only for a limited budget. */
  Duration interval() {
    return Duration.ofDays(1).dividedBy(perDay);
  }
}
