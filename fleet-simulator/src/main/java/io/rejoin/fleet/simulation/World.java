/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import io.rejoin.fleet.simulation.Conditions.Fate;
import io.rejoin.fleet.simulation.Conditions.Refusals;
import java.time.Duration;

/**
 * Everything outside the devices: hubs, DPS, and the clock's queue. A device asks for something
 * here and is told the outcome later, as a {@link Signal}. Times are milliseconds.
 */
final class World {

  /** The hub goes away at this moment of the clock. */
  static final long LOST_AT = 3_600_000;

  /** What DPS asks for together with a 429. */
  static final Duration DPS_RETRY_AFTER = Duration.ofSeconds(5);

  private static final long REFUSED_AFTER = 500;
  private static final long ANSWERED_AFTER = 500;

  /** A registration is accepted at once, and assigned at the poll that DPS asks for. */
  private static final long REGISTERED_AFTER = 3_000;

  private static final long DAY = 86_400_000;
  private static final long NOON = DAY / 2;

  private final Conditions conditions;
  private final long back;
  private final long end;
  private final Hub hub;
  private final Hub newHub;
  private final ProvisioningService dps;
  private final EventQueue queue = new EventQueue();
  private final Counts counts = new Counts();

  World(Conditions conditions) {
    this.conditions = conditions;
    double queueSeconds = conditions.connectQueueSeconds();
    this.back = LOST_AT + Math.round(1000 * conditions.outageSeconds());
    this.end = back + Math.round(1000 * conditions.horizonSeconds());
    this.hub = new Hub(conditions.hubRate(), queueSeconds, conditions.alpha());
    this.newHub = new Hub(conditions.hubRate(), queueSeconds, conditions.alpha());
    this.dps = new ProvisioningService(conditions.dpsRate(), conditions.sharedDpsLimit());
  }

  Conditions conditions() {
    return conditions;
  }

  Counts counts() {
    return counts;
  }

  EventQueue queue() {
    return queue;
  }

  /** The moment from which times are reported: the hub's return, or its end. */
  long origin() {
    return back;
  }

  /** The wall clock: noon at the loss, or midnight when the quota is renewed. */
  long wallMillis(long now) {
    return conditions.fate() == Fate.QUOTA ? now - back + 365 * DAY : now - LOST_AT + NOON;
  }

  /** What would come after the end of the simulation is not kept. */
  void tellLater(long at, Signal signal, int device) {
    if (at <= end) {
      queue.add(at, signal.ordinal() << EventQueue.PAYLOAD_BITS - Signal.BITS | device);
    }
  }

  static int deviceOf(int payload) {
    return payload & Conditions.MOST_DEVICES;
  }

  static Signal signalOf(int payload) {
    return Signal.of(payload >>> EventQueue.PAYLOAD_BITS - Signal.BITS);
  }

  /** Opens a connection: to the first hub, or to the one that DPS assigned in its place. */
  void connect(long now, int device, boolean toNewHub) {
    counts.attempt(now);
    if (toNewHub) {
      connect(now, device, newHub);
    } else if (conditions.fate() == Fate.GONE_CONFIRMED || isQuotaUsedUp(now)) {
      tellLater(now + REFUSED_AFTER, Signal.REFUSED, device);
    } else if (conditions.fate() == Fate.GONE_SILENT || now < back) {
      tellLater(now + REFUSED_AFTER, Signal.SILENCE, device);
    } else {
      connect(now, device, hub);
    }
  }

  private void connect(long now, int device, Hub to) {
    long timeout = Math.round(1000 * conditions.connectTimeoutSeconds());
    long served = to.connect(now);
    if (served == Hub.REFUSED) {
      tellLater(now + REFUSED_AFTER, Signal.REFUSED, device);
    } else if (served > timeout) {
      tellLater(now + timeout, Signal.SILENCE, device);
    } else {
      tellLater(now + served, Signal.ACCEPTED, device);
    }
  }

  /** Asks over HTTPS why the hub refused. */
  void probe(long now, int device, boolean newHubAsked) {
    counts.probe();
    tellLater(now + ANSWERED_AFTER, probed(now, newHubAsked), device);
  }

  private Signal probed(long now, boolean newHubAsked) {
    if (newHubAsked) {
      newHub.ask(now);
    } else if (conditions.fate() == Fate.GONE_CONFIRMED) {
      return Signal.PROBE_GONE;
    } else if (isQuotaUsedUp(now)) {
      return Signal.PROBE_QUOTA;
    } else {
      hub.ask(now);
    }
    return conditions.refusals() == Refusals.HIDDEN ? Signal.PROBE_SILENCE : Signal.PROBE_THROTTLED;
  }

  private boolean isQuotaUsedUp(long now) {
    return conditions.fate() == Fate.QUOTA && now < back;
  }

  void lookUp(long now, int device) {
    counts.lookup(now);
    boolean granted = dps.grantsLookup(now);
    tellLater(now + ANSWERED_AFTER, granted ? Signal.LOOKED_UP : Signal.DPS_THROTTLED, device);
  }

  void register(long now, int device) {
    counts.registration(now);
    if (dps.grantsRegistration(now)) {
      counts.granted();
      tellLater(now + REGISTERED_AFTER, Signal.REGISTERED, device);
    } else {
      tellLater(now + ANSWERED_AFTER, Signal.DPS_THROTTLED, device);
    }
  }
}
