/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.policy;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Formula;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The delays of other clients, as read in their sources, and the textbook's. {@code n} is the
 * number of attempts that failed so far, {@code U(a, b)} uniform chance.
 */
enum Peer {
  AZURE_JAVA(
      "azure-java",
      "Azure IoT SDK for Java and .NET v1: 0, then min(100 + (2^n - 1) * U(80, 120), 10 000) ms",
      (n, previous, random) ->
          n == 0 ? 0 : Math.min(100 + (power(n) - 1) * between(80, 120, random), 10_000)),
  AZURE_C(
      "azure-c",
      "Azure IoT SDK for C: 0, then 2^(n-1) s, at most 30 s, plus 0 to 5 %",
      (n, previous, random) ->
          n == 0 ? 0 : Math.min(1000 * power(n - 1), 30_000) * between(1, 1.05, random)),
  AZURE_EMBEDDED_C(
      "azure-embedded-c",
      "Azure SDK for embedded C: 2^n s plus U(0, 5 s) where the sum stays below 100 s",
      (n, previous, random) -> {
        double value = Math.min(1000 * power(n), 100_000);
        double blurred = value + between(0, 5_000, random);
        return Math.max(0, (blurred < 100_000 ? blurred : value) - 500);
      }),
  AZURE_PYTHON("azure-python", "Azure IoT SDK for Python: 10 s", (n, previous, random) -> 10_000),
  AZURE_DOTNET_V2(
      "azure-dotnet-v2",
      "Azure IoT SDK for .NET v2 preview: 2^(n+7) ms, 5 % more or less, at most 12 h",
      (n, previous, random) -> Math.min(128 * power(n), 43_200_000) * between(0.95, 1.05, random)),
  KURA(
      "kura",
      "Eclipse Kura DataService: first max(1, U{0..11}) s, then every 60 s",
      (n, previous, random) ->
          n == 0 ? Math.max(1, Math.floor(between(0, 12, random))) * 1000 : 60_000 - 500),
  HIVEMQ(
      "hivemq",
      "HiveMQ client: 2^n s, at most 120 s, 25 % more or less",
      (n, previous, random) -> Math.min(1000 * power(n), 120_000) * between(0.75, 1.25, random)),
  PAHO("paho", "Eclipse Paho: 2^n s, at most 128 s, no chance", Peer::paho),
  AWS(
      "aws",
      "AWS IoT SDK v2: full jitter, U(0, min(2^n, 120)) s",
      (n, previous, random) -> between(0, Math.min(1000 * power(n), 120_000), random)),
  EQUAL_JITTER(
      "equal-jitter",
      "equal jitter, v/2 + U(0, v/2), v = min(2^n, 120) s",
      (n, previous, random) -> equal(Math.min(1000 * power(n), 120_000), random)),
  DECORRELATED_JITTER(
      "decorrelated-jitter",
      "decorrelated jitter, min(120, U(1, 3 * previous)) s, previous 1 s at first",
      (n, previous, random) ->
          Math.min(120_000, between(1000, 3 * Math.max(1000, previous), random))),
  DPS_GUIDE(
      "dps-guide",
      "Microsoft's guide to large DPS fleets: U(1, N/C) s each time, C known",
      conditions -> {
        double width = 1000 * conditions.devices() / conditions.hubRate();
        return (n, previous, random) -> between(Math.min(1000, width), width, random);
      }),
  SPREAD(
      "spread",
      "first U(0, 1.1 N/C), N and C known, then equal jitter from 5 to 300 s",
      conditions -> {
        double width = 1100 * conditions.devices() / conditions.hubRate();
        return (n, previous, random) ->
            n == 0 ? between(0, width, random) : equal(Math.min(5000 * power(n), 300_000), random);
      });

  private static final int LARGEST_POWER = 60;

  private final String id;
  private final String words;
  private final Function<Conditions, Formula> formula;

  Peer(String id, String words, Formula formula) {
    this(id, words, conditions -> formula);
  }

  Peer(String id, String words, Function<Conditions, Formula> formula) {
    this.id = id;
    this.words = words;
    this.formula = formula;
  }

  String id() {
    return id;
  }

  String words() {
    return words;
  }

  Formula formula(Conditions conditions) {
    return formula.apply(conditions);
  }

  private static double paho(int n, double previous, RandomGenerator random) {
    return Math.min(1000 * power(n), 128_000);
  }

  private static double equal(double value, RandomGenerator random) {
    return value / 2 + between(0, value / 2, random);
  }

  private static double power(int exponent) {
    return 1L << Math.min(exponent, LARGEST_POWER);
  }

  private static double between(double min, double max, RandomGenerator random) {
    return min + random.nextDouble() * (max - min);
  }
}
