/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimesTest {

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void shouldStopAtTheEndOfTheScale() {
    assertEquals(5, Times.plus(2, 3));
    assertEquals(-8, Times.plus(2, -10));
    assertEquals(NEVER, Times.plus(NEVER - 1, 2));
    assertEquals(NEVER, Times.plus(1, NEVER - 1));
    assertEquals(NEVER, Times.plus(-1_000, NEVER));
    assertEquals(NEVER, Times.plus(5, Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals(Integer.MAX_VALUE, Times.next(Integer.MAX_VALUE));
    assertEquals(8, Times.next(7));
  }

  @Test
  void shouldRoundAPauseUpToWholeMilliseconds() {
    assertEquals(0, Times.millis(Duration.ZERO));
    assertEquals(1, Times.millis(Duration.ofNanos(1)));
    assertEquals(1, Times.millis(Duration.ofMillis(1)));
    assertEquals(2, Times.millis(Duration.ofNanos(1_000_001)));
    assertEquals(NEVER, Times.millis(Duration.ofMillis(Long.MAX_VALUE)));
    assertEquals(NEVER / 1000 * 1000 - 1000, Times.millis(Duration.ofSeconds(NEVER / 1000 - 1)));
  }

  @Test
  void shouldDrawFromTheWholeSpreadAndNothingElse() {
    long least = NEVER;
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      long drawn = Times.within(100, 10, random);
      least = Math.min(least, drawn);
      most = Math.max(most, drawn);
    }
    assertEquals(100, least);
    assertEquals(110, most);
    assertEquals(100, Times.within(100, 0, random));
    assertEquals(100, Times.within(100, -7, random));
    assertEquals(100, Times.within(100, Duration.ZERO, random));
    assertTrue(Times.within(100, Long.MAX_VALUE, random) > 100);
  }

  @Test
  void shouldFindMidnightInUtc() {
    long eleven = Instant.parse("2026-06-15T23:00:00Z").toEpochMilli();
    assertEquals(5 + 3_600_000, Times.midnightAfter(5, new Moment(5, eleven)));
    assertEquals(5 + 3_600_000, Times.midnightAfter(5, new Moment(7_205, eleven + 7_200)));
    long midnight = Instant.parse("2026-06-16T00:00:00Z").toEpochMilli();
    assertEquals(5 + 86_400_000, Times.midnightAfter(5, new Moment(5, midnight)));
    assertEquals(5 + 3_600_000, Times.midnightAfter(5, new Moment(5, -3_600_000)));
  }
}
