/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.report;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Result;
import java.util.List;
import java.util.Locale;

/**
 * Connected devices and attempts per second over time, and where there are any the requests to DPS:
 * an SVG with a line for each policy.
 */
public final class Plot {

  private static final int LEFT = 70;
  private static final int RIGHT = 700;
  private static final int NARROWEST_LEGEND = 200;
  private static final int LEGEND_MARGIN = 50;
  private static final int LETTER = 7;
  private static final int TOP = 40;
  private static final int HEIGHT = 220;
  private static final int GAP = 50;
  private static final int POINTS = 300;
  private static final int TICKS = 6;

  /** A policy that never comes to an end must not squeeze the others. */
  private static final double LONGEST = 6;

  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c564b",
          "#7f7f7f", "#bcbd22");

  private final Report report;
  private final double from;
  private final double until;
  private final double highestRate;
  private final boolean withDps;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Report report) {
    this.report = report;
    Conditions conditions = report.conditions();
    double bound = conditions.lowerBoundSeconds();
    double longest = 0;
    double peak = 10;
    boolean anyDps = false;
    for (Result result : report.results()) {
      Double t100 = result.t100();
      longest = Math.max(longest, t100 == null ? LONGEST * bound : t100);
      peak = Math.max(peak, result.peakAttemptsPerSecond());
      peak = Math.max(peak, result.peakDpsRequestsPerSecond());
      anyDps |= result.peakDpsRequestsPerSecond() > 0;
    }
    this.from = -conditions.outageSeconds();
    this.until = Math.max(10, 1.05 * Math.min(longest, LONGEST * bound));
    this.withDps = anyDps;
    this.highestRate = Math.pow(10, Math.ceil(Math.log10(peak)));
  }

  /** The report as an SVG document. */
  public static String of(Report report) {
    return new Plot(report).draw();
  }

  private String draw() {
    int height = top(withDps ? 3 : 2) + 10;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        width(), height);
    line("<!-- SPDX-License-Identifier: EPL-2.0 -->");
    line("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", width(), height);
    text(LEFT, 20, "start", title());
    axes(top(0), "connected devices");
    for (int i = 1; i <= TICKS / 2; i++) {
      double share = 2.0 * i / TICKS;
      text(LEFT - 6, y(top(0), share) + 4, "end", number(share * report.conditions().devices()));
    }
    rates(top(1), "attempts per second");
    if (withDps) {
      rates(top(2), "DPS lookups and registrations per second");
    }
    for (int i = 0; i < report.results().size(); i++) {
      policy(report.results().get(i), i);
    }
    line("</svg>");
    return svg.toString();
  }

  private static int top(int panel) {
    return TOP + panel * (HEIGHT + GAP);
  }

  private void rates(int top, String name) {
    axes(top, name);
    for (double rate = 1; rate <= highestRate; rate *= 10) {
      text(LEFT - 6, y(top, logShare(rate)) + 4, "end", number(rate));
    }
  }

  /** Wide enough for the longest name. */
  private int width() {
    int longest =
        report.results().stream().mapToInt(result -> result.policy().length()).max().orElse(0);
    return RIGHT + Math.max(NARROWEST_LEGEND, LEGEND_MARGIN + LETTER * longest);
  }

  private String title() {
    Conditions conditions = report.conditions();
    return String.format(
        Locale.ROOT,
        "Scenario %s: %,d devices, hub %.0f/s; seconds after the hub's return",
        report.scenario(),
        conditions.devices(),
        conditions.hubRate());
  }

  private void axes(int top, String name) {
    line(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#888\"/>",
        LEFT, top, top + HEIGHT, RIGHT);
    text(LEFT + 8, top + 4, "start", name);
    for (int i = 0; i <= TICKS; i++) {
      double seconds = from + (until - from) * i / TICKS;
      text(x(seconds), top + HEIGHT + 16, "middle", number(seconds));
    }
  }

  private void policy(Result result, int index) {
    String colour = COLOURS.get(index % COLOURS.size());
    int y = TOP + 20 + 18 * index;
    line("<path d=\"M%d %d h20\" stroke=\"%s\" stroke-width=\"2\"/>", RIGHT + 14, y - 4, colour);
    text(RIGHT + 40, y, "start", result.policy());
    connected(result, colour);
    rate(result.attemptsPerSecond(), top(1), colour);
    if (withDps) {
      rate(result.dpsRequestsPerSecond(), top(2), colour);
    }
  }

  private void connected(Result result, String colour) {
    StringBuilder points = new StringBuilder();
    long back = 0;
    int second = 0;
    for (int point = 0; point <= POINTS; point++) {
      double at = at(point);
      for (; second <= at - from && second < result.connectedPerSecond().length; second++) {
        back += result.connectedPerSecond()[second];
      }
      add(points, at, y(top(0), (double) back / report.conditions().devices()));
    }
    polyline(points, colour);
  }

  /** The worst second between a point and the one before it. */
  private void rate(int[] perSecond, int top, String colour) {
    StringBuilder points = new StringBuilder();
    int second = 0;
    for (int point = 0; point <= POINTS; point++) {
      double at = at(point);
      int most = 0;
      for (; second <= at - from && second < perSecond.length; second++) {
        most = Math.max(most, perSecond[second]);
      }
      add(points, at, y(top, logShare(most)));
    }
    polyline(points, colour);
  }

  private double at(int point) {
    return from + point * (until - from) / POINTS;
  }

  private void polyline(StringBuilder points, String colour) {
    line(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
        points.toString().strip(), colour);
  }

  private void add(StringBuilder points, double seconds, double y) {
    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(seconds), y));
  }

  private double x(double seconds) {
    return LEFT + (RIGHT - LEFT) * (seconds - from) / (until - from);
  }

  private static double y(int top, double share) {
    return top + HEIGHT * (1 - share);
  }

  private double logShare(double rate) {
    return rate < 1 ? 0 : Math.log10(rate) / Math.log10(highestRate);
  }

  private void text(double x, double y, String anchor, String words) {
    line("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private void line(String pattern, Object... values) {
    svg.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }
}
