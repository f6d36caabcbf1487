/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.report;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Result;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report for a terminal. */
public final class Table {

  private static final String NUMBERS = "%9s%9s%9s%9s%8s%10s%10s%10s%10s%10s%n";
  private static final int NARROWEST = 20;

  private final Report report;
  private final String row;

  private Table(Report report) {
    this.report = report;
    int widest =
        report.results().stream().mapToInt(result -> result.policy().length()).max().orElse(0);
    this.row = "%-" + Math.max(NARROWEST, widest + 1) + "s" + NUMBERS;
  }

  /** The report as lines of text. */
  public static String of(Report report) {
    return new Table(report).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    Conditions conditions = report.conditions();
    text.append(
        format(
            "Scenario %s: %,d devices, hub %s/s, DPS %s/min; at least %.0f s%n",
            report.scenario(),
            conditions.devices(),
            plain(conditions.hubRate()),
            plain(conditions.dpsRate()),
            conditions.lowerBoundSeconds()));
    text.append(
        format(
            row,
            "policy",
            "t50",
            "t90",
            "t99",
            "t100",
            "x bound",
            "peak/s",
            "attempts",
            "probes",
            "lookups",
            "register"));
    for (Result result : report.results()) {
      text.append(row(result));
    }
    text.append(
        format(
            "Seconds after the hub's return; the last four per device. %,.0f events/s, %.0f bytes a"
                + " device.%n",
            report.eventsPerSecond(), report.bytesPerDevice()));
    return text.toString();
  }

  private String row(Result result) {
    Double t100 = result.t100();
    return format(
        row,
        result.policy(),
        seconds(result.t50()),
        seconds(result.t90()),
        seconds(result.t99()),
        seconds(t100),
        t100 == null ? "-" : format("%.3f", t100 / report.conditions().lowerBoundSeconds()),
        result.peakAttemptsPerSecond(),
        each(result.attempts()),
        each(result.probes()),
        each(result.lookups()),
        each(result.registrations()));
  }

  private String each(long count) {
    return count == 0 ? "-" : format("%.3f", report.perDevice(count));
  }

  private static String seconds(@Nullable Double seconds) {
    return seconds == null ? "-" : format("%.1f", seconds);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? format("%,d", (long) value) : Double.toString(value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
