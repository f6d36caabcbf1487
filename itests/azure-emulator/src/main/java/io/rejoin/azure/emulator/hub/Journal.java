/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.time.Changes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The device-to-cloud messages that a hub received, for assertions. Keeps the newest 100 000 unless
 * told otherwise, and counts all. Thread-safe.
 */
public final class Journal {
  private static final int KEPT = 100_000;

  private final Clock clock;
  private final Changes changes;
  private final Deque<ReceivedMessage> messages = new ArrayDeque<>();
  private int capacity = KEPT;
  private long received;

  Journal(Clock clock, Changes changes) {
    this.clock = clock;
    this.changes = changes;
  }

  void add(String deviceId, Map<String, String> properties, byte[] body, int qos, boolean dup) {
    synchronized (messages) {
      if (capacity > 0) {
        messages.addLast(
            new ReceivedMessage(received, clock.instant(), deviceId, properties, body, qos, dup));
      }
      received++;
      trim();
    }
    changes.signal();
  }

  /** Keeps at most so many from now on; 0 keeps none and only counts, for benchmarks. */
  public void keep(int newest) {
    synchronized (messages) {
      capacity = newest;
      trim();
    }
  }

  /** How many were received, also those no longer kept. */
  public long received() {
    synchronized (messages) {
      return received;
    }
  }

  /** The messages kept, oldest first. */
  public List<ReceivedMessage> messages() {
    synchronized (messages) {
      return List.copyOf(messages);
    }
  }

  /** The messages kept whose sequence number is at least the given one, oldest first. */
  public List<ReceivedMessage> from(long sequence) {
    synchronized (messages) {
      List<ReceivedMessage> newer = new ArrayList<>();
      for (ReceivedMessage message : messages) {
        if (message.sequence() >= sequence) {
          newer.add(message);
        }
      }
      return newer;
    }
  }

  public List<ReceivedMessage> of(String deviceId) {
    return messages().stream().filter(message -> message.deviceId().equals(deviceId)).toList();
  }

  /** Forgets all messages, and the count. */
  public void clear() {
    synchronized (messages) {
      messages.clear();
      received = 0;
    }
  }

  /** Waits until at least so many were received. */
  public void await(long atLeast, Duration limit) {
    changes.await(
        atLeast + " messages", () -> received() >= atLeast, () -> "have " + received(), limit);
  }

  /** Waits until one of the messages kept fits. */
  public void await(String expectation, Predicate<ReceivedMessage> wanted, Duration limit) {
    changes.await(expectation, () -> any(wanted), () -> "have " + messages(), limit);
  }

  private boolean any(Predicate<ReceivedMessage> wanted) {
    synchronized (messages) {
      return messages.stream().anyMatch(wanted);
    }
  }

  private void trim() {
    while (messages.size() > capacity) {
      messages.removeFirst();
    }
  }
}
