/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Contender;
import io.rejoin.fleet.simulation.Result;
import io.rejoin.fleet.simulation.Simulation;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;

/** The speed of the flow and the memory of a fleet, on this machine. */
final class Benchmark {

  private static final double MEGABYTE = 1e6;

  private Benchmark() {}

  /** A hub restart for a million devices, and for ten million that know how many they are. */
  static void print(PrintWriter out) {
    print(out, Arguments.parse("--devices", "1000000", "--hub-rate", "1000"));
    print(
        out, Arguments.parse("--devices", "10000000", "--hub-rate", "10000", "--fleet-configured"));
  }

  private static void print(PrintWriter out, Arguments arguments) {
    out.println(line(arguments.conditions(), arguments.contenders().get(0)));
    out.flush();
  }

  private static String line(Conditions conditions, Contender contender) {
    Result result = Simulation.run(conditions, contender, connected -> {});
    return String.format(
        Locale.ROOT,
        "%,d devices: %,.0f events/s (%,d events, %.1f s of one processor), %.0f bytes a device,"
            + " heap at most %,.0f of %,.0f MB",
        conditions.devices(),
        result.events() / result.seconds(),
        result.events(),
        result.seconds(),
        (double) result.bytes() / conditions.devices(),
        peakHeapBytes() / MEGABYTE,
        Runtime.getRuntime().maxMemory() / MEGABYTE);
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
