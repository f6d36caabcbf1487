/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Clients of which nothing but the formula of their delays, and a rule about DPS, is modelled. */
final class FormulaDevices implements Devices {

  private static final double DPS_BASE_MILLIS = 5_000;
  private static final int LARGEST_POWER = 30;

  private final World world;
  private final Formula formula;
  private final @Nullable DpsRule rule;
  private final SplittableRandom random;
  private final int[] failures;
  private final int[] counted;
  private final int[] dpsRefusals;
  private final float[] previousMillis;
  private final long[] dpsDueAt;
  private final boolean[] asksDps;
  private final boolean[] moved;

  FormulaDevices(World world, Formula formula, @Nullable DpsRule rule, SplittableRandom random) {
    this.world = world;
    this.formula = formula;
    this.rule = world.conditions().provisioned() ? rule : null;
    this.random = random;
    int devices = world.conditions().devices();
    failures = new int[devices];
    counted = new int[devices];
    dpsRefusals = new int[devices];
    previousMillis = new float[devices];
    dpsDueAt = new long[devices];
    asksDps = new boolean[devices];
    moved = new boolean[devices];
  }

  @Override
  public long bytes() {
    long perDevice = 3L * Integer.BYTES + Float.BYTES + Long.BYTES + 2;
    return perDevice * failures.length;
  }

  @Override
  public boolean told(long now, Signal signal, int device) {
    switch (signal) {
      case LOST -> backOff(now, device);
      case TIMER -> go(now, device);
      case REFUSED, SILENCE -> failed(now, device, signal == Signal.REFUSED);
      case DPS_THROTTLED -> throttled(now, device);
      case REGISTERED -> registered(now, device);
      case ACCEPTED -> {
        return true;
      }
      case PROBE_THROTTLED, PROBE_QUOTA, PROBE_GONE, PROBE_SILENCE, LOOKED_UP ->
          throw new IllegalStateException("nobody asked for " + signal);
    }
    return false;
  }

  private void backOff(long now, int device) {
    double delay = formula.delayMillis(failures[device], previousMillis[device], random);
    previousMillis[device] = (float) delay;
    world.tellLater(now + Math.round(delay), Signal.TIMER, device);
  }

  private void go(long now, int device) {
    if (asksDps[device]) {
      world.register(now, device);
    } else {
      world.connect(now, device, moved[device]);
    }
  }

  private void failed(long now, int device, boolean refused) {
    failures[device]++;
    if (rule == null || moved[device]) {
      backOff(now, device);
      return;
    }
    if (dpsDueAt[device] == 0) {
      double slot = between(rule.slotMinSeconds(), rule.slotMaxSeconds());
      dpsDueAt[device] = now + Math.round(1000 * slot);
    }
    if (!refused || rule.countsRefusals()) {
      counted[device]++;
    }
    if (counted[device] >= rule.failures() && now >= dpsDueAt[device]) {
      asksDps[device] = true;
      long spread = Math.round(1000 * between(0, rule.spreadSeconds()));
      world.tellLater(now + spread, Signal.TIMER, device);
    } else {
      backOff(now, device);
    }
  }

  private void throttled(long now, int device) {
    if (rule == null) {
      throw new IllegalStateException("nobody asked DPS");
    }
    int power = Math.min(dpsRefusals[device]++, LARGEST_POWER);
    double width = Math.min(1000 * rule.capSeconds(), DPS_BASE_MILLIS * (1L << power));
    long wait = World.DPS_RETRY_AFTER.toMillis() + Math.round(random.nextDouble() * width);
    world.tellLater(now + wait, Signal.TIMER, device);
  }

  private void registered(long now, int device) {
    failures[device] = 0;
    counted[device] = 0;
    dpsRefusals[device] = 0;
    dpsDueAt[device] = 0;
    asksDps[device] = false;
    moved[device] = world.conditions().fate().isFinal();
    world.connect(now, device, moved[device]);
  }

  private double between(double min, double max) {
    return min + random.nextDouble() * (max - min);
  }
}
