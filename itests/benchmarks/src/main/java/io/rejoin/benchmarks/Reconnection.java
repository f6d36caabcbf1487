/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.fleet.policy.Catalogue;
import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Conditions.Fate;
import io.rejoin.fleet.simulation.Conditions.Refusals;
import io.rejoin.fleet.simulation.Simulation;
import io.rejoin.reconnect.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** From the hub's return to a connection, after outages of 5 to 60 s, on the default policies. */
final class Reconnection implements Benchmarks.Measurement {
  private static final int VIRTUAL_RUNS = 200;
  private static final int OUTAGES = 10;
  private static final double SHORTEST = 5;
  private static final double LONGEST = 60;
  private static final String SDK = "azure-java";

  private final List<Hub> hubs;
  private final double longest;

  Reconnection(List<Hub> hubs, double longest) {
    this.hubs = hubs;
    this.longest = longest;
  }

  @Override
  public void run(Report report) throws Exception {
    report.section("hub back to reconnected, s, outages of 5 to 60 s: ours, SDK, default policies");
    virtual(report);
    real(report);
  }

  /** Pairs with the same outage and the same chance. */
  private static void virtual(Report report) {
    List<Double> ours = new ArrayList<>();
    List<Double> sdk = new ArrayList<>();
    for (int run = 0; run < VIRTUAL_RUNS; run++) {
      Conditions conditions = conditions(outage(run, VIRTUAL_RUNS, LONGEST), run);
      ours.add(secondsUntilBack(conditions, Catalogue.RECOMMENDED));
      sdk.add(secondsUntilBack(conditions, SDK));
    }
    tell(VIRTUAL_RUNS + " pairs in virtual time", ours, sdk, report);
  }

  private static double outage(int run, int runs, double longest) {
    return SHORTEST + (longest - SHORTEST) * run / (runs - 1);
  }

  private static double secondsUntilBack(Conditions conditions, String policy) {
    Catalogue catalogue = new Catalogue(conditions, Profile.RECOMMENDED, false);
    Double back = Simulation.run(conditions, catalogue.contender(policy), progress -> {}).t100();
    return Objects.requireNonNull(back, "never came back");
  }

  private static Conditions conditions(double outageSeconds, long seed) {
    return new Conditions(
        1,
        100,
        outageSeconds,
        Fate.RETURNS,
        Refusals.EXPLAINED,
        0,
        1,
        0,
        60,
        false,
        1000,
        false,
        3600,
        seed);
  }

  /**
   * All at the same time: each outage at three hubs, each hub with one pair of clients. Three,
   * since the moment of an attempt is chance, and a median of ten of them says little.
   */
  private void real(Report report) throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> sdk = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Callable<Pair>> pairs = new ArrayList<>();
    for (Hub hub : hubs) {
      double outage = outage(hub.number() % OUTAGES, OUTAGES, longest);
      pairs.add(() -> pair(hub, outage));
    }
    for (Future<Pair> pair : threads.invokeAll(pairs)) {
      ours.add(pair.get().ours());
      sdk.add(pair.get().sdk());
    }
    threads.shutdown();
    tell(OUTAGES + " real outages, " + hubs.size() + " pairs", ours, sdk, report);
  }

  private record Pair(double ours, double sdk) {}

  private static Pair pair(Hub hub, double outageSeconds) throws Exception {
    LinkedBlockingQueue<Long> connected = new LinkedBlockingQueue<>();
    try (BareSdk client = BareSdk.client(hub);
        OurConnection connection = new OurConnection(hub)) {
      client.onConnected(() -> connected.add(System.nanoTime()));
      client.open();
      connection.sessions().awaitUp();
      TimeUnit.SECONDS.sleep(31); // until a session counts as stable, as in the simulation
      connected.clear();

      long back = System.nanoTime() + (long) (outageSeconds * 1e9);
      hub.outage((long) (outageSeconds * 1000));
      connection.sessions().awaitUp();
      double ours = (System.nanoTime() - back) / 1e9;
      Long sdk = connected.poll(300, TimeUnit.SECONDS);
      Objects.requireNonNull(sdk, "the SDK did not come back within 300 s");
      return new Pair(ours, (sdk - back) / 1e9);
    }
  }

  private static void tell(String how, List<Double> ours, List<Double> sdk, Report report) {
    Sample mine = new Sample(ours);
    Sample theirs = new Sample(sdk);
    report.row(
        how + "; figure: ratio of the medians",
        mine,
        theirs,
        mine.median() / theirs.median(),
        Target.atMost(0.5));
    report.row(
        how + "; figure: ratio of the p95",
        mine,
        theirs,
        mine.quantile(0.95) / theirs.quantile(0.95),
        Target.atMost(1));
  }
}
