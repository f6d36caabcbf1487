/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import io.rejoin.fleet.policy.Catalogue;
import io.rejoin.fleet.report.JsonReport;
import io.rejoin.fleet.report.Plot;
import io.rejoin.fleet.report.ProgressBar;
import io.rejoin.fleet.report.Report;
import io.rejoin.fleet.report.Table;
import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Contender;
import io.rejoin.fleet.simulation.Result;
import io.rejoin.fleet.simulation.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a fleet of gateways does to its hub and to DPS under a policy, on the command line. */
@Command(
    name = "fleet-simulator",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Simulates how a fleet comes back after its IoT Hub was away.")
public final class FleetSimulator implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;

  @Mixin private final Arguments arguments = new Arguments();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean interactive;

  FleetSimulator(PrintWriter out, PrintWriter err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** Exits with 0, with 2 for bad arguments, with 1 when a file cannot be written. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(out, err, System.console() != null, args));
  }

  static int run(PrintWriter out, PrintWriter err, boolean interactive, String... args) {
    CommandLine command = new CommandLine(new FleetSimulator(out, err, interactive));
    command.getCommandSpec().usageMessage().footer(footer());
    return command
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(FleetSimulator::oneLine)
        .execute(args);
  }

  @Override
  public Integer call() {
    try {
      Conditions conditions = arguments.conditions();
      List<Contender> contenders = arguments.contenders();
      if (arguments.benchmark()) {
        Benchmark.print(out);
        return 0;
      }
      Report report =
          new Report(arguments.scenario().name(), conditions, simulate(conditions, contenders));
      out.print(Table.of(report));
      out.flush();
      write(arguments.json(), JsonReport.of(report));
      write(arguments.plot(), Plot.of(report));
      return 0;
    } catch (Arguments.Unusable e) {
      err.println(e.getMessage());
      return BAD_ARGUMENTS;
    } catch (IOException e) {
      err.println("cannot write " + e.getMessage());
      return FAILED;
    }
  }

  private List<Result> simulate(Conditions conditions, List<Contender> contenders) {
    List<Result> results = new ArrayList<>();
    for (Contender contender : contenders) {
      ProgressBar bar = new ProgressBar(contender.name(), conditions.devices(), err, interactive);
      results.add(Simulation.run(conditions, contender, bar::show));
      bar.clear();
    }
    return results;
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private static int oneLine(ParameterException e, String[] args) {
    String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("bad arguments");
    String accepted =
        e instanceof UnmatchedArgumentException
            ? ": accepts "
                + String.join(", ", e.getCommandLine().getCommandSpec().optionsMap().keySet())
            : "";
    e.getCommandLine().getErr().println(problem + accepted);
    return BAD_ARGUMENTS;
  }

  private static String[] footer() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Scenarios:");
    for (Scenario scenario : Scenario.values()) {
      lines.add("  " + scenario.name() + "  " + scenario.words());
    }
    lines.add("");
    lines.add("Policies:");
    Catalogue.names().forEach((name, words) -> lines.add("  " + name + ": " + words));
    lines.add("");
    lines.add("Each of the first two with other numbers: recommended:capSeconds=30:baseSeconds=1;");
    lines.add("  known are " + Catalogue.knobs());
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }
}
