/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * When windows open and close, in the terms of Kura's own connection schedule: Quartz's cron
 * expression opens one; it closes once the connection has had nothing to do for a while. Immutable.
 *
 * @param expression seconds, minutes, hours, day of month, month, day of week and perhaps year
 * @param zone the time zone of the expression
 * @param idle a connected window closes after this time without a message either way
 * @param spread a window opens at a random moment within this time after the expression's, since a
 *     fleet has the same expression
 * @param urgentBelow a message of this priority or a lower number opens a window at once; -1 for
 *     none
 */
public record Schedule(
    String expression, ZoneId zone, Duration idle, Duration spread, int urgentBelow) {

  public Schedule {
    String problem = problem(expression);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** Why an expression cannot be used, in one line; null when it can. */
  public static @Nullable String problem(String expression) {
    try {
      new CronExpression(expression);
      return null;
    } catch (ParseException | RuntimeException e) {
      return "\"" + expression + "\" is no cron expression of Quartz: " + e.getMessage();
    }
  }

  /** The next moment of the expression, null when there is none. */
  @Nullable Instant next(Instant after) {
    try {
      CronExpression cron = new CronExpression(expression);
      cron.setTimeZone(TimeZone.getTimeZone(zone));
      Date next = cron.getNextValidTimeAfter(Date.from(after));
      return next == null ? null : next.toInstant();
    } catch (ParseException e) {
      throw new IllegalStateException("checked when made", e);
    }
  }
}
