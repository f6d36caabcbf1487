/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.rejoin.fleet.simulation.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for programs. The names of these records' parts are the keys. */
public final class JsonReport {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private JsonReport() {}

  /** The report as JSON. */
  public static String of(Report report) {
    Document document =
        new Document(
            report.scenario(),
            report.conditions().devices(),
            report.conditions().hubRate(),
            report.conditions().dpsRate(),
            report.conditions().lowerBoundSeconds(),
            rounded(report.eventsPerSecond()),
            rounded(report.bytesPerDevice()),
            report.results().stream().map(result -> line(report, result)).toList());
    return GSON.toJson(document) + "\n";
  }

  private static Line line(Report report, Result result) {
    Double t100 = result.t100();
    return new Line(
        result.policy(),
        result.t50(),
        result.t90(),
        result.t99(),
        t100,
        t100 == null ? null : rounded(t100 / report.conditions().lowerBoundSeconds()),
        result.peakAttemptsPerSecond(),
        rounded(report.perDevice(result.attempts())),
        rounded(report.perDevice(result.lookups() + result.registrations())),
        rounded(report.perDevice(result.registrations())),
        rounded(report.perDevice(result.lookups())),
        rounded(report.perDevice(result.polls())),
        rounded(report.perDevice(result.probes())));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private record Document(
      String scenario,
      int devices,
      double hubRate,
      double dpsRate,
      double lowerBoundSeconds,
      double eventsPerSecond,
      double bytesPerDevice,
      List<Line> results) {}

  private record Line(
      String policy,
      @Nullable Double t50,
      @Nullable Double t90,
      @Nullable Double t99,
      @Nullable Double t100,
      @Nullable Double timesLowerBound,
      int peakAttemptsPerSecond,
      double attemptsPerDevice,
      double dpsRequestsPerDevice,
      double dpsRegistrationsPerDevice,
      double lookupsPerDevice,
      double pollsPerDevice,
      double probesPerDevice) {}
}
