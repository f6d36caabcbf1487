/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The cloud-to-device messages of one device: delivered one after another, kept until confirmed,
 * delivered again on the next connection, given up after ten deliveries (the hub's default maximum
 * delivery count). Not thread-safe.
 *
 * <p>Unverified: that a delivery over MQTT which ends with the connection counts.
 */
final class ToDeviceQueue {
  /** What IoT Hub allows. */
  static final int CAPACITY = 50;

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<Integer, Entry> sent = new LinkedHashMap<>();
  private final Map<String, Entry> locked = new LinkedHashMap<>();
  private int lastPacketId;

  /** A message on its way. */
  static final class Entry {
    final ToDeviceMessage message;
    final CompletableFuture<Feedback> feedback = new CompletableFuture<>();
    int deliveries;

    Entry(ToDeviceMessage message) {
      this.message = message;
    }
  }

  /** A message with the packet id to send it with. */
  record Delivery(int packetId, ToDeviceMessage message, boolean dup) {}

  /** A message with the token by which the device confirms it over HTTPS. */
  record Locked(String token, ToDeviceMessage message) {}

  int size() {
    return waiting.size() + sent.size() + locked.size();
  }

  CompletableFuture<Feedback> add(ToDeviceMessage message) {
    Entry entry = new Entry(message);
    waiting.addLast(entry);
    return entry.feedback;
  }

  Optional<Delivery> next(int maxDeliveries) {
    Optional<Entry> next = take(maxDeliveries);
    return next.map(
        entry -> {
          lastPacketId = lastPacketId % 0xFFFF + 1;
          sent.put(lastPacketId, entry);
          return new Delivery(lastPacketId, entry.message, entry.deliveries > 1);
        });
  }

  Optional<Locked> lock(int maxDeliveries) {
    return take(maxDeliveries)
        .map(
            entry -> {
              String token = UUID.randomUUID().toString();
              locked.put(token, entry);
              return new Locked(token, entry.message);
            });
  }

  private Optional<Entry> take(int maxDeliveries) {
    while (true) {
      Entry entry = waiting.pollFirst();
      if (entry == null) {
        return Optional.empty();
      }
      if (entry.deliveries < maxDeliveries) {
        entry.deliveries++;
        return Optional.of(entry);
      }
      entry.feedback.complete(Feedback.DEAD_LETTERED);
    }
  }

  /** Whether there was such a delivery. */
  boolean confirm(int packetId) {
    Entry entry = sent.remove(packetId);
    return entry != null && entry.feedback.complete(Feedback.COMPLETED);
  }

  /** Whether there is such a lock. */
  boolean unlock(String token, Feedback feedback) {
    Entry entry = locked.remove(token);
    if (entry == null) {
      return false;
    }
    if (feedback == Feedback.ABANDONED) {
      waiting.addFirst(entry);
    } else {
      entry.feedback.complete(feedback);
    }
    return true;
  }

  /** The connection is gone: what it did not confirm comes again, in the old order. */
  void connectionLost() {
    Deque<Entry> again = new ArrayDeque<>(sent.values());
    sent.clear();
    while (!again.isEmpty()) {
      waiting.addFirst(again.removeLast());
    }
  }
}
