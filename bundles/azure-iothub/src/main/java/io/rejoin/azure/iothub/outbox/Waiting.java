/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The waiting messages that this run of the outbox has stored itself, per priority in the order in
 * which they were stored. With it the order does not depend on the store's clock, and a message is
 * found by its id. Keeps the next few messages themselves too, so that a connection that keeps up
 * never reads what it has just written.
 */
final class Waiting {
  private static final int MAX_KEPT = 2_000;
  private static final long MAX_KEPT_BYTES = 4_000_000;
  private static final long ID_BITS = 0xFFFFFFFFL;

  private final NavigableMap<Integer, LongQueue> byPriority = new TreeMap<>();
  private final Map<Integer, OutgoingMessage> kept = new HashMap<>();
  private long keptBytes;
  private int size;
  private int lowestId = Integer.MAX_VALUE;

  /** A waiting message: where it lies and since when. */
  record Ref(int id, int priority, long storedAtMillis) {}

  int size() {
    return size;
  }

  void add(int id, int priority, long storedAtMillis, OutgoingMessage message) {
    long seconds = storedAtMillis / 1000;
    byPriority.computeIfAbsent(priority, p -> new LongQueue()).add(seconds << 32 | (id & ID_BITS));
    size++;
    lowestId = Math.min(lowestId, id);
    if (kept.size() < MAX_KEPT && keptBytes + message.body().length <= MAX_KEPT_BYTES) {
      kept.put(id, message);
      keptBytes += message.body().length;
    }
  }

  /** The message to send next, null when none waits. */
  @Nullable Ref first() {
    return size == 0 ? null : oldestIn(byPriority.firstEntry());
  }

  /** The oldest of the least important messages, null when none waits. */
  @Nullable Ref leastImportant() {
    return size == 0 ? null : oldestIn(byPriority.lastEntry());
  }

  /** The oldest message of one priority, null when none waits. */
  @Nullable Ref oldest(int priority) {
    LongQueue queue = byPriority.get(priority);
    return queue == null ? null : oldestIn(Map.entry(priority, queue));
  }

  /** The oldest of each priority. */
  List<Ref> oldestOfEach() {
    return byPriority.entrySet().stream().map(Waiting::oldestIn).toList();
  }

  /** The message itself, null when it has to be read from the store. */
  @Nullable OutgoingMessage kept(int id) {
    return kept.get(id);
  }

  /** Forgets a message; does nothing when it is not here. */
  void remove(int id, int priority) {
    LongQueue queue = byPriority.get(priority);
    if (queue == null || id < lowestId) {
      return;
    }
    for (int i = 0; i < queue.size(); i++) {
      if ((int) queue.get(i) == id) {
        queue.remove(i);
        forget(id);
        break;
      }
    }
    if (queue.isEmpty()) {
      byPriority.remove(priority);
    }
  }

  private void forget(int id) {
    size--;
    OutgoingMessage message = kept.remove(id);
    if (message != null) {
      keptBytes -= message.body().length;
    }
  }

  private static Ref oldestIn(Map.Entry<Integer, LongQueue> queue) {
    long packed = queue.getValue().get(0);
    return new Ref((int) packed, queue.getKey(), (packed >>> 32) * 1000);
  }
}
