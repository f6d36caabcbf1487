/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Result;
import io.rejoin.fleet.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the gateway's default achieves. The fleet is N devices where the hub takes N / 1 000 a
 * second and DPS N / 100 a minute. N is 10 000, so that a build takes seconds; {@code
 * -Dfleet.devices=100000} is the full size, at which the limits are those of the README's table. A
 * small DPS limit is exceeded by chance more often, hence the allowance for the small size.
 */
class RecommendedTest {

  private static final int FULL_SIZE = 100_000;
  private static final int DEVICES = Integer.getInteger("fleet.devices", 10_000);
  private static final String CONFIGURED = "--fleet-configured";

  @Test
  void shouldComeBackFromAHubRestartWithOneAttemptEachWhenTheFleetIsKnown() {
    Run run = run("A", CONFIGURED);
    run.assertWithin(1.12);
    assertAtMost(1.05, run.attempts());
    assertAtMost(atFullSize() ? 1.5 : 3, run.peak());
  }

  @Test
  void shouldComeBackFromAHubRestartWhenNothingIsConfigured() {
    Run run = run("A");
    run.assertWithin(1.2);
    assertAtMost(12, run.attempts());
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIGURED, "--seed=1"})
  void shouldComeBackWhenRefusalsAndProbesCostTheHub(String configured) {
    Run run = run("C", configured);
    run.assertWithin(1.2);
    assertTrue(run.result().probes() > 0, "nobody asked why");
  }

  @ParameterizedTest
  @CsvSource({CONFIGURED + ", explained", "--seed=1, explained", "--seed=1, busy"})
  void shouldLeaveDpsAloneWhileRefusalsProveTheHubAlive(String configured, String refusals) {
    Run run = run("E", configured, "--refusals", refusals);
    run.assertWithin(1.2);
    assertEquals(0, run.registrations());
    assertAtMost(0.01, run.dpsRequests());
  }

  @Test
  void shouldHardlyAskDpsWhenRefusalsCannotBeToldFromADeadHub() {
    Run unknown = run("E", "--refusals", "hidden");
    unknown.assertWithin(1.2);
    assertAtMost(0.6, unknown.dpsRequests());
    Run known = run("E", "--refusals", "hidden", CONFIGURED);
    known.assertWithin(1.2);
    assertAtMost(0.15, known.dpsRequests());
  }

  @Test
  void shouldMoveAFleetOfKnownSizeFromASilentHub() {
    Run run = run("G", CONFIGURED);
    run.assertWithin(atFullSize() ? 1.2 : 1.27);
    assertAtMost(atFullSize() ? 1.02 : 1.1, run.registrations());
    assertAtMost(atFullSize() ? 2.1 : 2.2, run.dpsRequests());
  }

  @Test
  void shouldMoveAFleetOfKnownSizeFromAHubThatIsConfirmedGone() {
    Run run = run("G", CONFIGURED, "--hub", "gone-confirmed");
    run.assertWithin(1.1);
    assertAtMost(atFullSize() ? 1.02 : 1.12, run.registrations());
  }

  @Test
  void shouldMoveAFleetOfKnownSizeThroughOneSharedLimit() {
    run("G", CONFIGURED, "--dps-limit", "shared").assertWithin(2.2);
  }

  @Test
  void shouldMoveAFleetOfUnknownSize() {
    Run run = run("G");
    run.assertWithin(1.35);
    assertAtMost(7, run.dpsRequests());
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIGURED, "--seed=1"})
  void shouldNotAddASpreadToTheOneThatIsThere(String configured) {
    run("A", configured, "--detection-spread", "345").assertWithin(1.15);
  }

  @ParameterizedTest
  @ValueSource(strings = {CONFIGURED, "--seed=1"})
  void shouldComeBackAfterTheQuotaIsRenewed(String configured) {
    run("I", configured).assertWithin(1.2);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, explained",
    "10, 3, explained",
    "500, 12.5, explained",
    "500, 12.5, busy",
    "500, 12.5, hidden"
  })
  void shouldBringFewGatewaysBackSoon(int devices, double seconds, String refusals) {
    for (int seed = 1; seed <= 8; seed++) {
      Arguments arguments =
          Arguments.parse("--devices", "" + devices, "--seed", "" + seed, "--refusals", refusals);
      assertAtMost(seconds, seconds(run(arguments)));
    }
  }

  private static boolean atFullSize() {
    return DEVICES >= FULL_SIZE;
  }

  private static Run run(String scenario, String... more) {
    List<String> args = new ArrayList<>(List.of("--scenario", scenario));
    args.addAll(List.of("--devices", "" + DEVICES));
    args.addAll(List.of("--hub-rate", "" + DEVICES / 1_000.0));
    args.addAll(List.of("--dps-rate", "" + DEVICES / 100.0));
    args.addAll(List.of(more));
    Arguments arguments = Arguments.parse(args.toArray(String[]::new));
    return new Run(arguments.conditions(), run(arguments));
  }

  private static Result run(Arguments arguments) {
    return Simulation.run(arguments.conditions(), arguments.contenders().get(0), connected -> {});
  }

  private static double seconds(Result result) {
    assertNotNull(result.t100(), "they never came back");
    return result.t100();
  }

  private static void assertAtMost(double most, double value) {
    assertTrue(value <= most, value + " instead of at most " + most);
  }

  private record Run(Conditions conditions, Result result) {

    void assertWithin(double timesTheLowerBound) {
      assertAtMost(timesTheLowerBound, seconds(result) / conditions.lowerBoundSeconds());
    }

    double attempts() {
      return perDevice(result.attempts());
    }

    double registrations() {
      return perDevice(result.registrations());
    }

    double dpsRequests() {
      return perDevice(result.lookups() + result.registrations());
    }

    /** In connections that the hub takes in a second. */
    double peak() {
      return result.peakAttemptsPerSecond() / conditions.hubRate();
    }

    private double perDevice(long count) {
      return (double) count / conditions.devices();
    }
  }
}
