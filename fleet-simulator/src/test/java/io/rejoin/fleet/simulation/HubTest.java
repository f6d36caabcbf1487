/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HubTest {

  @Test
  void shouldAcceptABurstOfOneSecondAndThenItsRate() {
    Hub hub = new Hub(100, 0, 0);
    assertEquals(100, accepted(hub, 0, 1_000));
    assertEquals(1, accepted(hub, 10, 50));
    assertEquals(50, accepted(hub, 510, 200));
  }

  @Test
  void shouldNotSaveMoreThanOneSecond() {
    Hub hub = new Hub(100, 0, 0);
    assertEquals(100, accepted(hub, 3_600_000, 1_000));
  }

  @Test
  void shouldPayForRefusals() {
    Hub hub = new Hub(100, 0, 0.01);
    assertEquals(100, accepted(hub, 0, 100));
    // in a second a refusal each millisecond eats 10 of the 100 tokens
    int accepted = 0;
    for (int now = 1; now <= 1_000; now++) {
      accepted += accepted(hub, now, 1);
    }
    assertEquals(91, accepted, 1);
  }

  @Test
  void shouldNotOweWhatItCannotDo() {
    Hub hub = new Hub(100, 0, 0.01);
    assertEquals(100, accepted(hub, 0, 100_000));
    assertEquals(1, accepted(hub, 10, 1));
  }

  @Test
  void shouldLetConnectionsWaitBeforeItRefuses() {
    Hub hub = new Hub(100, 60, 0);
    for (int i = 0; i < 100; i++) {
      assertEquals(0, hub.connect(0));
    }
    assertEquals(10, hub.connect(0));
    for (int i = 0; i < 5_998; i++) {
      hub.connect(0);
    }
    assertEquals(60_000, hub.connect(0));
    assertEquals(Hub.REFUSED, hub.connect(0));
  }

  private static int accepted(Hub hub, long now, int attempts) {
    int accepted = 0;
    for (int i = 0; i < attempts; i++) {
      if (hub.connect(now) != Hub.REFUSED) {
        accepted++;
      }
    }
    return accepted;
  }
}
