/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Contender;
import io.rejoin.fleet.simulation.DpsRule;
import io.rejoin.fleet.simulation.Formula;
import io.rejoin.fleet.simulation.Result;
import io.rejoin.fleet.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulator against six results that an independent simulation of the same model gave for other
 * clients' formulas. Fleet and services are smaller by the same factor, so that all ratios stay.
 */
class PublishedResultsTest {

  private static final double BOUND_SECONDS = 1_000;
  private static final double DPS_BOUND_SECONDS = 6_000;

  @Test
  void shouldShowThatTheJavaDefaultLosesItsJitterAtTheCap() {
    assertAtLeast(3, run(20_000, "A", "azure-java").timesBound());
    assertAtMost(1.15, run(20_000, "A", "aws").timesBound());
    Run spread = run(20_000, "A", "spread");
    assertAtMost(1.15, spread.timesBound());
    assertAtMost(1.05, spread.perDevice(spread.result().attempts()));
  }

  @Test
  void shouldShowThatJitterAfterTheCapAloneCuresIt() {
    Formula cured =
        (n, previous, random) -> {
          double value = n == 0 ? 0 : Math.min(100 + (Math.pow(2, n) - 1) * 100, 10_000);
          return value / 2 + random.nextDouble() * value / 2;
        };
    assertAtMost(1.05, run(conditions(10_000, "A"), cured, null).timesBound());
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure-java", "kura", "hivemq", "aws"})
  void shouldShowTheDpsStormOfTheDocumentedRule(String policy) {
    Run storm = run(5_000, "D", policy);
    assertAtLeast(0.8, storm.perDevice(storm.result().registrationsGranted()));
  }

  @Test
  void shouldShowThatASpreadWithPatienceSparesDps() {
    assertEquals(0, run(5_000, "E", "spread").result().registrations());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 15})
  void shouldNotConvergeWithAShortCapWhenRefusalsCost(int capSeconds) {
    Conditions conditions = conditions(2_000, "A", "--alpha", "0.01", "--horizon", "10800");
    assertNull(run(conditions, fullJitter(capSeconds), null).result().t100());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 120, 300})
  void shouldConvergeWithALongCapWhenRefusalsCost(int capSeconds) {
    Conditions conditions = conditions(20_000, "A", "--alpha", "0.01", "--horizon", "10800");
    assertAtMost(1.3, run(conditions, fullJitter(capSeconds), null).timesBound());
  }

  @Test
  void shouldShowWhatASpreadSparesDpsWhenTheHubIsGone() {
    Run documented = run(5_000, "G", "azure-java");
    assertAtLeast(300, documented.perDevice(documented.result().registrations()));
    Run spread =
        run(conditions(5_000, "G"), equalJitter(), DpsRule.spread(1.1 * DPS_BOUND_SECONDS, 300));
    assertAtMost(2, spread.perDevice(spread.result().registrations()));
    assertNotNull(spread.result().t100());
  }

  @Test
  void shouldLivelockWhenClientsLeaveTheQueueTooEarly() {
    Run impatient = run(5_000, "H", "aws", "--connect-timeout", "30");
    assertAtMost(0.1, impatient.perDevice(impatient.result().connected()));
    Run patient = run(5_000, "H", "aws", "--connect-timeout", "75");
    assertEquals(1.0, patient.timesBound(), 0.03);
  }

  private static Run run(int devices, String scenario, String policy, String... more) {
    Arguments arguments = arguments(devices, scenario, more);
    Contender contender = arguments.catalogue().contender(policy);
    return new Run(devices, Simulation.run(arguments.conditions(), contender, connected -> {}));
  }

  private static Run run(Conditions conditions, Formula formula, @Nullable DpsRule rule) {
    Contender contender = new Contender.Peer("formula", formula, rule);
    return new Run(conditions.devices(), Simulation.run(conditions, contender, connected -> {}));
  }

  private static Conditions conditions(int devices, String scenario, String... more) {
    return arguments(devices, scenario, more).conditions();
  }

  private static Arguments arguments(int devices, String scenario, String... more) {
    List<String> args = new ArrayList<>(List.of("--scenario", scenario));
    args.addAll(List.of("--devices", "" + devices));
    args.addAll(List.of("--hub-rate", "" + devices / BOUND_SECONDS));
    args.addAll(List.of("--dps-rate", "" + 60 * devices / DPS_BOUND_SECONDS));
    args.addAll(List.of(more));
    return Arguments.parse(args.toArray(String[]::new));
  }

  private static Formula fullJitter(int capSeconds) {
    return (n, previous, random) ->
        random.nextDouble() * Math.min(1_000 * Math.pow(2, n), 1_000 * capSeconds);
  }

  private static Formula equalJitter() {
    return (n, previous, random) -> {
      double value = Math.min(5_000 * Math.pow(2, n), 300_000);
      return value / 2 + random.nextDouble() * value / 2;
    };
  }

  private static void assertAtLeast(double least, double value) {
    assertTrue(value >= least, value + " instead of at least " + least);
  }

  private static void assertAtMost(double most, double value) {
    assertTrue(value <= most, value + " instead of at most " + most);
  }

  private record Run(int devices, Result result) {
    double timesBound() {
      assertNotNull(result.t100(), result.policy() + " never came back");
      return result.t100() / BOUND_SECONDS;
    }

    double perDevice(long count) {
      return (double) count / devices;
    }
  }
}
