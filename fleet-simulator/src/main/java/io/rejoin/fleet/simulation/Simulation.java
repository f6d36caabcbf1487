/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One run: a fleet loses its hub, and comes back. */
public final class Simulation {

  private static final int PROGRESS_EVERY = 1 << 16;

  private final Conditions conditions;
  private final Contender contender;
  private final World world;
  private final Devices devices;
  private final int[] shares;
  private final @Nullable Double[] reached = new @Nullable Double[4];
  private int connected;
  private long events;

  private Simulation(Conditions conditions, Contender contender) {
    this.conditions = conditions;
    this.contender = contender;
    SplittableRandom random = new SplittableRandom(conditions.seed());
    this.world = new World(conditions);
    this.devices = devices(random.split());
    int n = conditions.devices();
    this.shares = new int[] {share(n, 50), share(n, 90), share(n, 99), n};
    for (int device = 0; device < n; device++) {
      double noticed = random.nextDouble() * 1000 * conditions.detectionSpreadSeconds();
      world.tellLater(World.LOST_AT + (long) noticed, Signal.LOST, device);
    }
  }

  /**
   * Runs until every device is back, or to the horizon.
   *
   * @param progress told now and then how many devices are back
   */
  public static Result run(Conditions conditions, Contender contender, IntConsumer progress) {
    return new Simulation(conditions, contender).run(progress);
  }

  private Result run(IntConsumer progress) {
    long began = processorNanos();
    EventQueue queue = world.queue();
    while (connected < conditions.devices() && !queue.isEmpty()) {
      long event = queue.poll();
      long now = EventQueue.timeOf(event);
      int payload = EventQueue.payloadOf(event);
      events++;
      if (devices.told(now, World.signalOf(payload), World.deviceOf(payload))) {
        connected(now);
      }
      if (events % PROGRESS_EVERY == 0) {
        progress.accept(connected);
      }
    }
    return result((processorNanos() - began) / 1e9);
  }

  /** Not the clock's time, which says more about what else the machine is busy with. */
  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void connected(long now) {
    connected++;
    world.counts().connected(now);
    for (int i = 0; i < shares.length; i++) {
      if (connected == shares[i]) {
        reached[i] = (now - world.origin()) / 1000.0;
      }
    }
  }

  private Result result(double seconds) {
    Counts counts = world.counts();
    return new Result(
        contender.name(),
        reached[0],
        reached[1],
        reached[2],
        reached[3],
        connected,
        counts.attempts(),
        counts.probes(),
        counts.lookups(),
        counts.registrations(),
        counts.registrationsGranted(),
        counts.registrationsGranted(),
        counts.attemptsPerSecond(),
        counts.connectedPerSecond(),
        counts.dpsRequestsPerSecond(),
        events,
        contender instanceof Contender.Gateway,
        seconds,
        devices.bytes() + world.queue().bytes());
  }

  private Devices devices(SplittableRandom random) {
    if (contender instanceof Contender.Gateway gateway) {
      return new FlowDevices(world, gateway.policy(), gateway.settings(), random);
    } else if (contender instanceof Contender.Peer peer) {
      return new FormulaDevices(world, peer.formula(), peer.rule(), random);
    }
    throw new IllegalArgumentException("unknown contender " + contender);
  }

  private static int share(int devices, int percent) {
    return (int) ((devices * (long) percent + 99) / 100);
  }
}
