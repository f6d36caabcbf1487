/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  @Property(tries = 200)
  void shouldAnswerInTheOrderOfABinaryHeap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000_000) int longestDelay) {
    SplittableRandom random = new SplittableRandom(seed);
    EventQueue queue = new EventQueue();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    long now = 0;
    for (int i = 0; i < 2_000; i++) {
      if (expected.isEmpty() || random.nextInt(5) < 3) {
        long at = now + random.nextInt(longestDelay);
        queue.add(at, i);
        expected.add(at);
      } else {
        now = EventQueue.timeOf(queue.poll());
        assertEquals(expected.remove(), now);
      }
      assertEquals(expected.isEmpty(), queue.isEmpty());
    }
  }

  @Test
  void shouldGiveBackEveryPayloadOnce() {
    EventQueue queue = new EventQueue();
    int most = (1 << EventQueue.PAYLOAD_BITS) - 1;
    queue.add(7, most);
    queue.add(7, 0);
    int sum = EventQueue.payloadOf(queue.poll()) + EventQueue.payloadOf(queue.poll());
    assertEquals(most, sum);
    assertTrue(queue.isEmpty());
  }

  @Test
  void shouldTakeAnEventForThePresentMoment() {
    EventQueue queue = new EventQueue();
    queue.add(1_000, 1);
    queue.add(2_000, 2);
    assertEquals(1, EventQueue.payloadOf(queue.poll()));
    queue.add(1_000, 3);
    assertEquals(3, EventQueue.payloadOf(queue.poll()));
    assertFalse(queue.isEmpty());
  }

  @Test
  void shouldRefuseAnEventInThePast() {
    EventQueue queue = new EventQueue();
    queue.add(1_000, 1);
    queue.poll();
    assertThrows(IllegalArgumentException.class, () -> queue.add(999, 1));
  }

  @Test
  void shouldReachToItsLastMomentAndNoFurther() {
    EventQueue queue = new EventQueue();
    queue.add(EventQueue.LATEST_MILLIS, 1);
    assertEquals(EventQueue.LATEST_MILLIS, EventQueue.timeOf(queue.poll()));
    assertThrows(IllegalArgumentException.class, () -> queue.add(EventQueue.LATEST_MILLIS + 1, 1));
  }
}
