/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Messages per second from {@code CloudPublisher.publish} to PUBACK, through the outbox and an H2
 * database on a file. Beside it a window of 10, which is what Kura's DataService has.
 */
final class StoredThroughput implements Benchmarks.Measurement {
  private static final int PUBLISHERS = 4;
  private static final int WARM_UP = 50;
  private static final byte[] BODY = new byte[200];
  private static final Setup NARROW = new Setup(50, 10, 0, 400);

  private final Hub hub;
  private final int rounds;

  StoredThroughput(Hub hub, int rounds) {
    this.hub = hub;
    this.rounds = rounds;
  }

  /**
   * @param roundTrip in ms
   * @param writeDelay H2's WRITE_DELAY in ms: 0 is what New Connection creates, 500 H2's own
   *     default
   */
  private record Setup(int roundTrip, int window, int writeDelay, int messages) {

    String databaseSettings() {
      return ";WRITE_DELAY=" + writeDelay + ";MAX_LENGTH_INPLACE_LOB=4096";
    }

    @Override
    public String toString() {
      return "round trip " + roundTrip + " ms, window " + window + ", WRITE_DELAY=" + writeDelay;
    }
  }

  @Override
  public void run(Report report) throws Exception {
    report.section("messages/s from CloudPublisher to PUBACK, stored in H2 on a file");
    Map<Setup, List<Double>> rates = new LinkedHashMap<>();
    rates.put(NARROW, new ArrayList<>());
    for (int writeDelay : new int[] {0, 500}) {
      rates.put(new Setup(0, 100, writeDelay, 4_000), new ArrayList<>());
      rates.put(new Setup(5, 100, writeDelay, 4_000), new ArrayList<>());
      rates.put(new Setup(50, 100, writeDelay, 4_000), new ArrayList<>());
      rates.put(new Setup(50, 1_000, writeDelay, 4_000), new ArrayList<>());
    }
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<Setup, List<Double>> entry : rates.entrySet()) {
        double rate = rate(entry.getKey());
        if (round >= 0) { // the one before warms up
          entry.getValue().add(rate);
        }
      }
    }
    hub.roundTrip(0);
    tell(rates, report);
  }

  private static void tell(Map<Setup, List<Double>> rates, Report report) {
    Sample narrow = new Sample(rates.getOrDefault(NARROW, List.of()));
    rates.forEach(
        (setup, figures) -> {
          Sample sample = new Sample(figures);
          if (setup.window() == 1_000) {
            double times = sample.median() / narrow.median();
            report.row(setup + "; beside: window 10", sample, narrow, times, Target.atLeast(10));
          } else {
            report.row(setup.toString(), sample);
          }
        });
  }

  private double rate(Setup setup) throws Exception {
    hub.roundTrip(setup.roundTrip());
    Path directory = Files.createTempDirectory("benchmarks");
    String url = "jdbc:h2:file:" + directory.resolve("messages") + setup.databaseSettings();
    Semaphore confirmed = new Semaphore(0);
    try (OurConnection connection = new OurConnection(hub);
        Publishing publishing =
            new Publishing(
                url, setup.window(), connection.hubConnection(), id -> confirmed.release())) {
      connection.sessions().awaitUp();
      publish(publishing, WARM_UP);
      Window.await(confirmed, WARM_UP);

      long start = System.nanoTime();
      publish(publishing, setup.messages());
      Window.await(confirmed, setup.messages());
      return setup.messages() / ((System.nanoTime() - start) / 1e9);
    } finally {
      delete(directory);
    }
  }

  private static void publish(Publishing to, int messages) throws InterruptedException {
    List<Thread> publishers = new ArrayList<>();
    for (int p = 0; p < PUBLISHERS; p++) {
      int first = p;
      Thread publisher =
          new Thread(
              () -> {
                for (int i = first; i < messages; i += PUBLISHERS) {
                  to.publish(BODY);
                }
              });
      publisher.start();
      publishers.add(publisher);
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
