/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way. The SDK keeps them by message id and forgets the first when a second
 * of the same id comes, so the second waits here. Not thread-safe.
 */
final class Flights {

  /** A message and whom to tell. */
  record Flight(OutgoingMessage message, Delivery delivery) {}

  private final Map<String, Deque<Flight>> byId = new HashMap<>();

  /** Adds one; true when it can be sent now, false when it has to wait for one of the same id. */
  boolean add(Flight flight) {
    Deque<Flight> sameId =
        byId.computeIfAbsent(flight.message().messageId(), id -> new ArrayDeque<>(1));
    sameId.add(flight);
    return sameId.size() == 1;
  }

  /** Whether it was still on its way; it is no more. */
  boolean remove(Flight flight) {
    String id = flight.message().messageId();
    Deque<Flight> sameId = byId.get(id);
    if (sameId == null || sameId.peek() != flight) {
      return false;
    }
    sameId.remove();
    if (sameId.isEmpty()) {
      byId.remove(id);
    }
    return true;
  }

  /** The one that waited for its predecessor of the same id, null when none did. */
  @Nullable Flight next(String id) {
    Deque<Flight> sameId = byId.get(id);
    return sameId == null ? null : sameId.peek();
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Takes all away. */
  List<Flight> removeAll() {
    List<Flight> all = new ArrayList<>();
    byId.values().forEach(all::addAll);
    byId.clear();
    return all;
  }
}
