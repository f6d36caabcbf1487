/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.iothub.endpoint.StartedEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Threads and heap of a connection that does nothing, endpoint with outbox included, beside the
 * bare SDK. The message store is Kura's and not counted.
 */
final class IdleCost implements Benchmarks.Measurement {
  private static final int ROUNDS = 3;
  private static final long SETTLE_SECONDS = 12; // workers end after 10 s

  private final Hub hub;

  IdleCost(Hub hub) {
    this.hub = hub;
  }

  private record Cost(int threads, double megabytes) {
    static Cost now() throws InterruptedException {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      for (int i = 0; i < 5; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      return new Cost(
          Thread.getAllStackTraces().size(),
          (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }

    Cost minus(Cost other) {
      return new Cost(threads - other.threads, megabytes - other.megabytes);
    }
  }

  @Override
  public void run(Report report) throws Exception {
    report.section("what an idle connection takes: ours with its outbox, bare SDK");
    List<Cost> ours = new ArrayList<>();
    List<Cost> bare = new ArrayList<>();
    for (int round = -1; round < ROUNDS; round++) {
      Cost nothing = Cost.now();
      Cost theirs = bare().minus(nothing);
      Cost between = Cost.now();
      Cost mine = ours().minus(between);
      if (round >= 0) { // the one before loads classes
        ours.add(mine);
        bare.add(theirs);
      }
    }
    Sample ourThreads = new Sample(ours.stream().map(cost -> (double) cost.threads()).toList());
    Sample bareThreads = new Sample(bare.stream().map(cost -> (double) cost.threads()).toList());
    report.row(
        "threads; figure: more than the bare SDK",
        ourThreads,
        bareThreads,
        ourThreads.median() - bareThreads.median(),
        Target.atMost(3));
    Sample ourHeap = new Sample(ours.stream().map(Cost::megabytes).toList());
    Sample bareHeap = new Sample(bare.stream().map(Cost::megabytes).toList());
    report.row(
        "heap, MB; figure: more than the bare SDK",
        ourHeap,
        bareHeap,
        ourHeap.median() - bareHeap.median(),
        Target.atMost(4));
  }

  private Cost bare() throws Exception {
    try (BareSdk client = BareSdk.client(hub)) {
      client.open();
      return Cost.now();
    }
  }

  private Cost ours() throws Exception {
    try (OurConnection connection = new OurConnection(hub);
        StartedEndpoint endpoint =
            new StartedEndpoint(
                Map.of("kura.service.pid", "benchmark"), connection.hubConnection())) {
      connection.sessions().awaitUp();
      return Cost.now();
    }
  }
}
