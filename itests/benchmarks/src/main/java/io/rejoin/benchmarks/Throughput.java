/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages per second up to the hub's PUBACK, ours beside the bare SDK with the same window. */
final class Throughput implements Benchmarks.Measurement {
  private static final int WINDOW = 100;

  /** Rounds before the ones that count, until everything is compiled. */
  private static final int WARM_UP = 4;

  private static final byte[] BODY = new byte[200];

  private final Hub hub;
  private final int rounds;

  Throughput(Hub hub, int rounds) {
    this.hub = hub;
    this.rounds = rounds;
  }

  @Override
  public void run(Report report) throws Exception {
    report.section("messages/s to PUBACK, 200 bytes, window of 100: our connection, bare SDK");
    for (int roundTrip : new int[] {0, 5}) {
      hub.roundTrip(roundTrip);
      measure(roundTrip, roundTrip == 0 ? 40_000 : 20_000, report);
    }
    hub.roundTrip(0);
  }

  private void measure(int roundTrip, int messages, Report report) throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = -WARM_UP; round < rounds; round++) {
      boolean first = round % 2 == 0; // in turn, so that neither has the warmer machine
      double early = first ? ours(messages) : bare(messages);
      double late = first ? bare(messages) : ours(messages);
      if (round >= 0) {
        ours.add(first ? early : late);
        bare.add(first ? late : early);
        ratios.add(ours.get(round) / bare.get(round));
      }
    }
    report.row(
        "round trip " + roundTrip + " ms; figure: median of the rounds' ratios",
        new Sample(ours),
        new Sample(bare),
        new Sample(ratios).median(),
        Target.atLeast(0.95));
  }

  private double ours(int messages) throws Exception {
    try (OurConnection connection = new OurConnection(hub)) {
      long session = connection.sessions().awaitUp();
      HubConnection to = connection.hubConnection();
      return Window.rate(messages, WINDOW, (id, confirmed) -> send(to, session, id, confirmed));
    }
  }

  private static void send(HubConnection to, long session, String id, Runnable confirmed) {
    OutgoingMessage message = new OutgoingMessage(BODY, id, null, 0, null, null, Map.of(), 1);
    to.send(session, message, new Confirmation(confirmed));
  }

  private double bare(int messages) throws Exception {
    try (BareSdk client = BareSdk.client(hub)) {
      client.open();
      return Window.rate(messages, WINDOW, (id, confirmed) -> client.send(id, BODY, confirmed));
    }
  }

  private record Confirmation(Runnable then) implements Delivery {
    @Override
    public void confirmed() {
      then.run();
    }

    @Override
    public void unconfirmed(String why) {
      System.err.println("unconfirmed: " + why);
    }

    @Override
    public void rejected(String why) {
      System.err.println("rejected: " + why);
    }
  }
}
