/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Our own code's share of a message's time, with a store in memory: from the call of {@code
 * CloudPublisher.publish} until the SDK has taken the message, and from the SDK's callback until
 * the listener knows. A message at a time, since a queue's length is not latency.
 */
final class OwnLatency implements Benchmarks.Measurement {
  private static final int MESSAGES = 1_000;
  private static final int WARM_UP = 3_000;
  private static final byte[] BODY = new byte[200];

  private final Hub hub;
  private final int rounds;
  private final BlockingQueue<Long> confirmed = new LinkedBlockingQueue<>();

  OwnLatency(Hub hub, int rounds) {
    this.hub = hub;
    this.rounds = rounds;
  }

  @Override
  public void run(Report report) throws Exception {
    report.section("our own code's share of the latency, ms: publish to SDK, PUBACK to listener");
    List<Double> all = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    try (OurConnection connection = new OurConnection(hub)) {
      connection.sessions().awaitUp();
      Stopwatch stopwatch = new Stopwatch(connection.hubConnection());
      try (Publishing publishing =
          new Publishing(
              "jdbc:h2:mem:latency", 100, stopwatch, id -> confirmed.add(System.nanoTime()))) {
        measure(WARM_UP, publishing, stopwatch);
        for (int round = 0; round < rounds; round++) {
          List<Double> figures = measure(MESSAGES, publishing, stopwatch);
          all.addAll(figures);
          p99.add(new Sample(figures).quantile(0.99));
        }
      }
    }
    report.row("each message", new Sample(all));
    Sample sample = new Sample(p99);
    report.row(
        "p99 of " + MESSAGES + " messages; figure: median of the rounds",
        sample,
        sample.median(),
        Target.atMost(1));
  }

  private List<Double> measure(int messages, Publishing publishing, Stopwatch stopwatch)
      throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      long start = System.nanoTime();
      publishing.publish(BODY);
      Long end = confirmed.poll(60, TimeUnit.SECONDS);
      if (end == null) {
        throw new IllegalStateException("no confirmation for 60 s");
      }
      millis.add((stopwatch.taken - start + end - stopwatch.answered) / 1e6);
    }
    return millis;
  }
}
