/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.testing.MemoryMessageStore.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.message.store.StoredMessage;

/** Random schedules of everything that can happen, with what has to hold after each step. */
class OutboxPropertyTest {
  private static final int STEPS = 200;
  private static final int WINDOW = 4;

  @Property(tries = 500)
  void shouldLoseNothingThatWasAccepted(@ForAll long seed) throws KuraStoreException {
    Random random = new Random(seed);
    OutboxHarness harness = new OutboxHarness();
    harness.settings =
        new OutboxSettings(
            WINDOW,
            50,
            OutboxSettings.WhenFull.REFUSE_NEW,
            Duration.ZERO,
            Duration.ofSeconds(30),
            "o",
            OutboxSettings.Foreign.HOLD);
    harness.restart();

    Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      step(harness, random);
      harness.run();
      check(harness, names);
    }

    settle(harness);
    assertEquals(Set.of(), lost(harness));
    assertEquals(0, harness.outbox.status().inFlight());
    assertEquals(0, harness.outbox.status().stored());
    assertEquals(0, harness.store.rows().size());
  }

  private static void step(OutboxHarness harness, Random random) {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> put(harness, random);
      case 4, 5, 6 -> anyOutstanding(harness, random).forEach(harness::acknowledge);
      case 7 -> anyOutstanding(harness, random).forEach(harness::lose);
      case 8 -> {
        if (random.nextInt(5) == 0) {
          anyOutstanding(harness, random).forEach(harness::reject);
        }
      }
      case 9 -> {
        harness.down();
        harness.up();
      }
      case 10 -> {
        if (random.nextBoolean()) {
          harness.down();
        } else {
          harness.outbox.draining(harness.session);
        }
      }
      case 11, 14 -> answerAndStoreSideBySide(harness, random);
      case 15 -> harness.pass(Duration.ofMillis(random.nextInt(70_000)));
      case 12 -> {
        harness.store.failNext(
            random.nextInt(4), random.nextBoolean() ? Failure.BEFORE : Failure.AFTER);
        if (random.nextBoolean()) {
          harness.open();
        }
      }
      default -> {
        if (random.nextInt(4) == 0) {
          harness.restart();
        }
        if (!harness.outbox.isOpen()) {
          harness.open();
        }
      }
    }
  }

  private static void put(OutboxHarness harness, Random random) {
    try {
      harness.put(random.nextInt(3));
    } catch (KuraStoreException refused) {
      // Refused messages may be lost; the caller knows.
    }
  }

  /** As the runner does it: the store is told by another thread, before or after it stores more. */
  private static void answerAndStoreSideBySide(OutboxHarness harness, Random random) {
    anyOutstanding(harness, random).forEach(harness::acknowledge);
    Settlement settlement = harness.outbox.settlement();
    put(harness, random);
    if (settlement != null) {
      settlement.run();
      put(harness, random);
      harness.outbox.settled(settlement);
    }
  }

  private static List<Long> anyOutstanding(OutboxHarness harness, Random random) {
    List<Long> attempts = List.copyOf(harness.outstanding.keySet());
    return attempts.isEmpty() ? attempts : List.of(attempts.get(random.nextInt(attempts.size())));
  }

  private static void check(OutboxHarness harness, Map<Integer, String> names) {
    assertTrue(harness.outstanding.size() <= WINDOW, "the window was exceeded");
    assertEquals(harness.outstanding.size(), harness.outbox.status().inFlight(), "a slot leaked");
    Set<String> inStore = new HashSet<>();
    for (StoredMessage row : harness.store.rows()) {
      String id = names.computeIfAbsent(row.getId(), key -> messageId(row));
      inStore.add(id);
      if (row.getConfirmedOn().isPresent()) {
        assertTrue(answered(harness).contains(id), id + " confirmed before its PUBACK");
      }
    }
    Set<String> missing = lost(harness);
    missing.removeAll(inStore);
    assertEquals(Set.of(), missing, "lost");
  }

  private static String messageId(StoredMessage row) {
    return StoredForm.fromBytes(row.getPayload()).message().messageId();
  }

  private static Set<String> answered(OutboxHarness harness) {
    Set<String> answered = new HashSet<>(harness.acknowledged);
    answered.addAll(harness.refusedByHub);
    return answered;
  }

  private static Set<String> lost(OutboxHarness harness) {
    Set<String> lost = new HashSet<>(harness.accepted);
    lost.removeAll(answered(harness));
    return lost;
  }

  /** Everything works again: everything has to arrive. */
  private static void settle(OutboxHarness harness) {
    harness.store.failNext(0, Failure.BEFORE);
    if (!harness.outbox.isOpen()) {
      harness.open();
    }
    harness.down();
    harness.up();
    for (int i = 0; i < 3; i++) {
      harness.pass(Duration.ofMinutes(2));
      harness.run();
      if (!harness.outbox.isOpen()) {
        harness.open();
      }
      harness.acknowledgeAll();
    }
    harness.pass(Duration.ofMinutes(2));
    harness.run();
  }
}
