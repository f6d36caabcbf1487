/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.link.Flights.Flight;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlightsTest {
  private final Flights flights = new Flights();
  private final Flight first = flight("a");
  private final Flight second = flight("a");
  private final Flight other = flight("b");

  @Test
  void shouldHoldTheSecondOfTheSameIdBack() {
    assertTrue(flights.add(first));
    assertFalse(flights.add(second));
    assertTrue(flights.add(other));

    assertTrue(flights.remove(first));
    assertSame(second, flights.next("a"));
    assertTrue(flights.remove(second));
    assertNull(flights.next("a"));
  }

  @Test
  void shouldRemoveEachOnlyOnce() {
    flights.add(first);

    assertTrue(flights.remove(first));
    assertFalse(flights.remove(first));
    assertTrue(flights.isEmpty());
  }

  @Test
  void shouldGiveUpAll() {
    flights.add(first);
    flights.add(second);
    flights.add(other);

    List<Flight> all = flights.removeAll();

    assertEquals(Set.of(first, second, other), new HashSet<>(all));
    assertEquals(3, all.size());
    assertTrue(flights.isEmpty());
  }

  private static Flight flight(String id) {
    return new Flight(
        new OutgoingMessage(new byte[] {1}, id, null, 0, null, null, Map.of(), 1), new Unused());
  }

  private static final class Unused implements Delivery {
    @Override
    public void confirmed() {
      throw new AssertionError();
    }

    @Override
    public void unconfirmed(String why) {
      throw new AssertionError(why);
    }

    @Override
    public void rejected(String why) {
      throw new AssertionError(why);
    }
  }
}
