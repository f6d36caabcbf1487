/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs all of them; argument: where the JSON goes. */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) throws Exception {
    int rounds = Integer.getInteger("benchmarks.rounds", 10);
    int longestOutage = Integer.getInteger("benchmarks.longest.outage", 60);
    String only = System.getProperty("benchmarks.only", "");
    long start = System.nanoTime();
    Report report = new Report();
    try (HubProcess process = new HubProcess()) {
      Hub hub = process.first();
      for (Measurement measurement :
          new Measurement[] {
            new Throughput(hub, rounds),
            new StoredThroughput(hub, rounds),
            new OwnLatency(hub, rounds),
            new IdleCost(hub),
            new Reconnection(process.all(), longestOutage)
          }) {
        if (name(measurement).contains(only)) {
          measurement.run(report);
        }
      }
    }
    report.write(
        Path.of(args[0]), rounds, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    System.exit(0); // the SDK may leave threads behind
  }

  private static String name(Measurement measurement) {
    return measurement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** One of them. */
  interface Measurement {
    void run(Report report) throws Exception;
  }
}
