/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Lives of gateways by the thousand, or by the million: {@code -Dsimulation.schedules}. A violation
 * names its seed; {@code -Dsimulation.seed} lives it again and tells all that happened.
 */
class SimulationTest {

  private static final int MOST_VIOLATIONS = 5;

  @Test
  void shouldHoldAllInvariantsThroughEveryLife() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      tell(seed);
      return;
    }
    long schedules = Long.getLong("simulation.schedules", 1_000);
    Queue<String> violations = new ConcurrentLinkedQueue<>();
    long lived =
        LongStream.range(0, schedules)
            .parallel()
            .filter(each -> violations.size() < MOST_VIOLATIONS)
            .peek(each -> live(each, violations))
            .count();
    if (!violations.isEmpty()) {
      fail(violations.size() + " lives went wrong:\n" + String.join("\n", violations));
    }
    assertTrue(lived == schedules, lived + " of " + schedules + " lives were lived");
  }

  private static void live(long seed, Queue<String> violations) {
    try {
      new Life(seed, Diary.none()).live();
    } catch (AssertionError | RuntimeException e) {
      violations.add("seed " + seed + ": " + e);
    }
  }

  private static void tell(long seed) {
    Diary diary = Diary.kept();
    try {
      new Life(seed, diary).live();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + "\n" + diary, e);
    }
  }
}
