/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;

class OperatorWishTest {

  private static final String PID = "Connection-1";

  private final OperatorWish wish = new OperatorWish(PID, Map.of());

  @Test
  void shouldActWhenTheSwitchIsTurnedEitherWay() {
    assertTrue(wish.turned(Map.of("reprovision.now", true)));
    assertTrue(wish.turned(Map.of("reprovision.now", false)));
  }

  @Test
  void shouldNotActByThePositionOfTheSwitch() {
    OperatorWish restarted = new OperatorWish(PID, Map.of("reprovision.now", true));

    assertFalse(restarted.turned(Map.of("reprovision.now", true)));
  }

  @Test
  void shouldNotActWhenAnUpgradeBringsTheSwitch() {
    assertFalse(wish.turned(Map.of("reprovision.now", false)));
  }

  @Test
  void shouldNotActByWhatIsNoPosition() {
    assertTrue(wish.turned(Map.of("reprovision.now", true)));
    assertFalse(wish.turned(Map.of("reprovision.now", "now!")));
    assertFalse(wish.turned(Map.of()));
  }

  @Test
  void shouldTakeAnEventForItsConnectionAlone() {
    assertEquals(OptionalLong.of(0), wish.spreadMillis(event(PID, null)));
    assertEquals(OptionalLong.empty(), wish.spreadMillis(event("Connection-2", null)));
    assertEquals(OptionalLong.empty(), wish.spreadMillis(new Event(OperatorWish.TOPIC, Map.of())));
  }

  @Test
  void shouldSpreadWithinADay() {
    assertEquals(OptionalLong.of(600_000), wish.spreadMillis(event(PID, 600)));
    assertEquals(OptionalLong.of(86_400_000), wish.spreadMillis(event(PID, Long.MAX_VALUE)));
    assertEquals(OptionalLong.of(0), wish.spreadMillis(event(PID, -1)));
    assertEquals(OptionalLong.of(0), wish.spreadMillis(event(PID, "soon")));
  }

  private static Event event(String pid, Object spreadSeconds) {
    Map<String, Object> properties = new HashMap<>(Map.of("kura.service.pid", pid));
    if (spreadSeconds != null) {
      properties.put("spreadSeconds", spreadSeconds);
    }
    return new Event(OperatorWish.TOPIC, properties);
  }
}
