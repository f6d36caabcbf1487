/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.time.Changes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened at a hub, the last 10 000 events. Thread-safe. */
public final class HubLog {
  private static final Logger logger = LoggerFactory.getLogger(HubLog.class);
  private static final int KEPT = 10_000;

  private final String hub;
  private final Clock clock;
  private final Changes changes;
  private final Deque<HubEvent> events = new ArrayDeque<>();

  HubLog(String hub, Clock clock, Changes changes) {
    this.hub = hub;
    this.clock = clock;
    this.changes = changes;
  }

  void add(Kind kind, String deviceId, String detail) {
    logger.debug("{}: {} {} {}", hub, kind, deviceId, detail);
    synchronized (events) {
      if (events.size() == KEPT) {
        events.removeFirst();
      }
      events.addLast(new HubEvent(clock.instant(), kind, deviceId, detail));
    }
    changes.signal();
  }

  /** The events kept, oldest first. */
  public List<HubEvent> all() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  public List<HubEvent> all(Kind kind) {
    return all().stream().filter(event -> event.kind() == kind).toList();
  }

  /** Waits until so many events of the kind are kept. */
  public void await(Kind kind, int atLeast, Duration limit) {
    changes.await(
        atLeast + " x " + kind, () -> all(kind).size() >= atLeast, () -> "events: " + all(), limit);
  }
}
