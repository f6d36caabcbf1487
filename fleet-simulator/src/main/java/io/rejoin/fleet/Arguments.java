/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import io.rejoin.fleet.policy.Catalogue;
import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Conditions.Fate;
import io.rejoin.fleet.simulation.Conditions.Refusals;
import io.rejoin.fleet.simulation.Contender;
import io.rejoin.reconnect.Profile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options, and what each of them accepts. */
final class Arguments {

  /** Outage and horizon together fit the simulation's clock. */
  private static final double LONGEST_SECONDS = 90 * 86_400;

  /** An argument that cannot be used: which one, and what it accepts. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String option, String value, String accepted) {
      super(option + " " + value + ": accepts " + accepted);
    }
  }

  @Option(names = "--scenario", paramLabel = "A..I", description = "the situation; default A")
  private String scenario = "A";

  @Option(
      names = "--policy",
      paramLabel = "NAME[,NAME]",
      description = "whose devices, see below; default recommended")
  private String policy = Catalogue.RECOMMENDED;

  @Option(names = "--fleet-configured", description = "tell the gateways N, C and R")
  private boolean fleetConfigured;

  @Option(names = "--devices", paramLabel = "N", description = "devices in the fleet")
  private @Nullable String devices;

  @Option(names = "--hub-rate", paramLabel = "C", description = "connections/s the hub accepts")
  private @Nullable String hubRate;

  @Option(names = "--outage", paramLabel = "SECONDS", description = "how long the hub is away")
  private @Nullable String outage;

  @Option(
      names = "--hub",
      paramLabel = "FATE",
      description = "returns, quota (refuses until midnight), gone-silent or gone-confirmed")
  private @Nullable String fate;

  @Option(
      names = "--refusals",
      paramLabel = "HOW",
      description =
          "a busy hub refuses with code 5 and over HTTPS says 429 (explained), with code 3 (busy),"
              + " or so that it cannot be told from a dead one (hidden)")
  private @Nullable String refusals;

  @Option(
      names = "--alpha",
      paramLabel = "SHARE",
      description = "what a refusal costs the hub, in accepted connections")
  private @Nullable String alpha;

  @Option(
      names = "--detection-spread",
      paramLabel = "SECONDS",
      description = "the devices notice the loss one by one within this time")
  private @Nullable String detectionSpread;

  @Option(
      names = "--connect-queue",
      paramLabel = "SECONDS",
      description = "the hub lets connections wait so long before it refuses")
  private @Nullable String connectQueue;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      description = "how long a device waits for the answer to its CONNECT")
  private @Nullable String connectTimeout;

  @Option(
      names = "--provisioned",
      paramLabel = "yes|no",
      description = "whether the devices may ask DPS")
  private @Nullable String provisioned;

  @Option(
      names = "--dps-rate",
      paramLabel = "R",
      description = "registrations, and lookups, that DPS grants per minute")
  private @Nullable String dpsRate;

  @Option(
      names = "--dps-limit",
      paramLabel = "separate|shared",
      description = "whether registrations and lookups have a limit each or share one")
  private @Nullable String dpsLimit;

  @Option(
      names = "--profile",
      paramLabel = "documented|recommended",
      description =
          "when other clients than ours ask DPS: after 10 failures, or after 15 to 30 minutes as"
              + " well")
  private @Nullable String profile;

  @Option(
      names = "--horizon",
      paramLabel = "SECONDS",
      description = "give up so long after the hub's return")
  private @Nullable String horizon;

  @Option(names = "--seed", paramLabel = "NUMBER", description = "the seed of all chance")
  private @Nullable String seed;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON")
  private @Nullable Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "draw connected devices and attempts per second over time, as SVG")
  private @Nullable Path plot;

  @Option(
      names = "--benchmark",
      description = "measure speed and memory with a million devices, then with ten million")
  private boolean benchmark;

  @Option(names = "--help", usageHelp = true, description = "show this")
  private boolean help;

  /** The arguments of a command line; for tests. */
  static Arguments parse(String... args) {
    Arguments arguments = new Arguments();
    new CommandLine(CommandSpec.forAnnotatedObject(arguments)).parseArgs(args);
    return arguments;
  }

  Catalogue catalogue() {
    return new Catalogue(conditions(), profile(), fleetConfigured);
  }

  /** Whose devices are to be simulated, each of them once. */
  List<Contender> contenders() {
    Catalogue catalogue = catalogue();
    Map<String, Contender> contenders = new LinkedHashMap<>();
    for (String name : policy.split(",", -1)) {
      try {
        contenders.putIfAbsent(name.strip(), catalogue.contender(name.strip()));
      } catch (IllegalArgumentException e) {
        throw new Unusable("--policy", name, String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(contenders.values());
  }

  Scenario scenario() {
    return choice("--scenario", scenario, Scenario.values());
  }

  boolean benchmark() {
    return benchmark;
  }

  @Nullable Path json() {
    return json;
  }

  @Nullable Path plot() {
    return plot;
  }

  private Profile profile() {
    return profile == null ? scenario().profile() : choice("--profile", profile, Profile.values());
  }

  Conditions conditions() {
    Conditions given = scenario().conditions();
    return new Conditions(
        (int) whole("--devices", devices, given.devices(), 1, Conditions.MOST_DEVICES),
        number("--hub-rate", hubRate, given.hubRate(), 0.01, 1e6),
        number("--outage", outage, given.outageSeconds(), 0, LONGEST_SECONDS),
        fate == null ? given.fate() : choice("--hub", fate, Fate.values()),
        refusals == null ? given.refusals() : choice("--refusals", refusals, Refusals.values()),
        number("--alpha", alpha, given.alpha(), 0, 1),
        number("--detection-spread", detectionSpread, given.detectionSpreadSeconds(), 0, 86_400),
        number("--connect-queue", connectQueue, given.connectQueueSeconds(), 0, 3_600),
        number("--connect-timeout", connectTimeout, given.connectTimeoutSeconds(), 1, 3_600),
        yes("--provisioned", provisioned, "yes", "no", given.provisioned()),
        number("--dps-rate", dpsRate, given.dpsRate(), 1, 1e9),
        yes("--dps-limit", dpsLimit, "shared", "separate", given.sharedDpsLimit()),
        number("--horizon", horizon, given.horizonSeconds(), 1, LONGEST_SECONDS),
        whole("--seed", seed, given.seed(), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static boolean yes(
      String option, @Nullable String text, String yes, String no, boolean otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (!text.equals(yes) && !text.equals(no)) {
      throw new Unusable(option, text, yes + ", " + no);
    }
    return text.equals(yes);
  }

  private static long whole(
      String option, @Nullable String text, long otherwise, long least, long most) {
    if (text == null) {
      return otherwise;
    }
    String accepted = "a whole number from " + least + " to " + most;
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Unusable(option, text, accepted);
    }
    throw new Unusable(option, text, accepted);
  }

  private static double number(
      String option, @Nullable String text, double otherwise, double least, double most) {
    if (text == null) {
      return otherwise;
    }
    String accepted = "a number from " + plain(least) + " to " + plain(most);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Unusable(option, text, accepted);
    }
    throw new Unusable(option, text, accepted);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static <E extends Enum<E>> E choice(String option, String text, E[] values) {
    for (E value : values) {
      if (nameOf(value).equalsIgnoreCase(text)) {
        return value;
      }
    }
    List<String> names = Arrays.stream(values).map(Arguments::nameOf).toList();
    throw new Unusable(option, text, String.join(", ", names));
  }

  private static String nameOf(Enum<?> value) {
    return value instanceof Scenario
        ? value.name()
        : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
