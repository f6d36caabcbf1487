/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.dps.state.BudgetLimits;
import io.rejoin.reconnect.BuiltInPolicy;
import io.rejoin.reconnect.Explanation;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.ProvisioningMode;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one gateway, drawn from one seed: hours in which everything may fail, then a world
 * that is well again, in which it has to be connected within a bound and to have delivered
 * everything.
 */
final class Life {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** The longest of: a parked device's pause, the quota's check, a pause that a hub asked for. */
  private static final long AT_HOME_BOUND_MILLIS = 4 * HOUR;

  /**
   * A device that has to be moved may have to wait for its budget: two tokens of 8 h each, counted
   * anew when the clock was wrong.
   */
  private static final long AWAY_BOUND_MILLIS = 72 * HOUR;

  private static final long OPERATORS_PATIENCE_MILLIS = 9 * HOUR;

  private static final long DELIVERY_BOUND_MILLIS = 10 * MINUTE;

  private final SplittableRandom chance;
  private final Diary diary;
  private final VirtualTime time;
  private final Cloud cloud;
  private final Disk disk;
  private final Checks checks;
  private final Incidents incidents;
  private final boolean documented;
  private final boolean provisioned;
  private Settings settings;
  private RetryPolicy policy;
  private @Nullable Gateway gateway;
  private boolean storeAway;
  private boolean stopping;
  private boolean healed;

  /**
   * @param diary told what happens
   */
  Life(long seed, Diary diary) {
    this.diary = diary;
    chance = new SplittableRandom(seed);
    time = new VirtualTime(chance);
    cloud = new Cloud(time, chance);
    documented = chance.nextInt(3) == 0;
    provisioned = chance.nextInt(4) > 0;
    BudgetLimits limits = documented ? BudgetLimits.UNLIMITED : BudgetLimits.DEFAULT;
    disk = new Disk(new SimulatedStore(time, chance, chance.nextInt(4) > 0), limits);
    Faults faults = new Faults(chance);
    incidents = new Incidents(this, time, chance, cloud, disk, faults);
    checks = new Checks(time, cloud, !documented, diary);
    settings = faults.settings(documented, provisioned);
    policy = faults.policy();
    if (!provisioned || chance.nextBoolean()) {
      disk.assignment = provisioned ? cloud.register().assignment : null;
      cloud.register();
    }
  }

  void live() {
    long start = time.trueMillis();
    boot();
    long end = start + 10 * MINUTE + chance.nextLong(chance.nextBoolean() ? HOUR : 12 * HOUR);
    int count = 1 + chance.nextInt(20);
    for (int i = 0; i < count; i++) {
      later(chance.nextLong(end - start), incidents::happen);
    }
    runUntil(end);
    heal();
    // What broke at the last moment is noticed now.
    runUntil(time.trueMillis() + 1_000);
    long bound = isAtHome() ? AT_HOME_BOUND_MILLIS : AWAY_BOUND_MILLIS;
    await(bound, this::isConnected, "not connected although all is well");
    await(DELIVERY_BOUND_MILLIS, this::isDelivered, "messages are missing although all is well");
    leave();
  }

  private void runUntil(long end) {
    while (next(end)) {
      checks.clockMoves();
    }
  }

  private boolean next(long end) {
    try {
      return time.next(end);
    } catch (SimulatedStore.ProcessDied e) {
      note("died while it used the store", this::kill);
      return true;
    }
  }

  private void await(long boundMillis, BooleanSupplier reached, String otherwise) {
    long end = time.trueMillis() + boundMillis;
    while (!reached.getAsBoolean()) {
      if (!next(end)) {
        throw Checks.violated(otherwise + ": " + describe());
      }
      checks.clockMoves();
    }
  }

  private String describe() {
    Gateway current = gateway;
    if (current == null) {
      return "there is no gateway";
    }
    return Explanation.of(current.state(), current.settings(), time.monotonicMillis())
        + "; "
        + checks.missing().size()
        + " messages missing, "
        + disk.store.unconfirmed()
        + " in the store; "
        + current.state();
  }

  // ---- the process --------------------------------------------------------------------------

  private void boot() {
    time.reboot();
    checks.processEnds();
    checks.userWants(false);
    storeAway = false;
    stopping = false;
    gateway = new Gateway(time, chance, cloud, disk, checks, settings, policy);
    gateway.boot();
  }

  void kill() {
    time.reboot();
    gateway = null;
    checks.processEnds();
    disk.store.processEnds();
    if (!disk.store.durable) {
      checks.accepted.clear();
    }
    time.inTheWorld(1_000 + chance.nextLong(2 * MINUTE), this::bootIfDead);
  }

  private void bootIfDead() {
    if (gateway == null) {
      boot();
    }
  }

  void takeStoreAway() {
    if (gateway != null) {
      gateway.takeStoreAway();
      storeAway = true;
    }
  }

  void healStore() {
    note("store well", disk.store::heal);
    if (storeAway && gateway != null) {
      gateway.bringStore();
      storeAway = false;
    }
  }

  void shutDown() {
    if (gateway != null) {
      gateway.shutDown();
      stopping = true;
    }
  }

  // ---- for the incidents ------------------------------------------------------------------------

  @Nullable Gateway gateway() {
    return gateway;
  }

  boolean documented() {
    return documented;
  }

  boolean provisioned() {
    return provisioned;
  }

  /** What the next process starts with too. */
  void configure(Settings other) {
    settings = other;
  }

  void configure(RetryPolicy other) {
    policy = other;
  }

  /** What an incident leads to, unless the world has become well before. */
  void later(long millis, Runnable work) {
    time.inTheWorld(
        millis,
        () -> {
          if (!healed) {
            work.run();
          }
        });
  }

  void note(String what, Runnable work) {
    diary.note(time, () -> what);
    work.run();
  }

  // ---- and in the end -------------------------------------------------------------------------

  private void heal() {
    note("all is well", cloud::heal);
    healed = true;
    time.correct();
    if (stopping) {
      kill();
    }
    bootIfDead();
    Gateway current = Objects.requireNonNull(gateway);
    healStore();
    if (provisioned && !current.hasProvisioner()) {
      current.bringProvisioner();
    }
    policy = new BuiltInPolicy();
    current.change(policy);
    if (!disk.wanted) {
      current.connect();
    }
    help(current);
  }

  /** On errors only, a hub that never says so is left only by a person, as often as it takes. */
  private void help(Gateway current) {
    if (provisioned && !isAtHome() && settings.mode() == ProvisioningMode.ON_ERROR_ONLY) {
      note("operator reprovisions", () -> current.reprovision(0));
      time.inTheWorld(OPERATORS_PATIENCE_MILLIS, () -> help(current));
    }
  }

  private boolean isAtHome() {
    if (!provisioned) {
      return true;
    }
    Gateway current = gateway;
    FlowState state = current == null ? null : current.state();
    return state != null
        && state.assignment() != null
        && cloud.isAtHome(state.assignment().hubHostName());
  }

  private boolean isConnected() {
    Gateway current = gateway;
    return current != null && current.state().phase() == Phase.CONNECTED && isAtHome();
  }

  private boolean isDelivered() {
    return checks.missing().isEmpty() && disk.store.unconfirmed() == 0;
  }

  private void leave() {
    Gateway current = Objects.requireNonNull(gateway);
    current.disconnect();
    runUntil(time.trueMillis() + Duration.ofMinutes(10).toMillis());
    if (current.state().phase() != Phase.STOPPED) {
      throw Checks.violated("still " + current.state().phase() + " after a disconnect");
    }
  }
}
