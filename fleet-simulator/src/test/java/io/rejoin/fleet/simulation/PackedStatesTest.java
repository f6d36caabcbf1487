/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.provisioning.Assignment;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.History;
import io.rejoin.reconnect.Outage;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.Reprovisioning;
import io.rejoin.reconnect.Reprovisioning.Cause;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Instant;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackedStatesTest {

  private static final int DEVICES = 5_000;

  private final PackedStates states = new PackedStates(DEVICES);

  @Property(tries = 500)
  void shouldGiveBackEveryState(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int device = random.nextInt(DEVICES);
    FlowState state = anyState(random);
    states.put(device, state);
    assertEquals(state, states.get(device));
  }

  @Test
  void shouldKeepNeighboursApart() {
    SplittableRandom random = new SplittableRandom(1);
    FlowState[] expected = new FlowState[DEVICES];
    for (int device = 0; device < DEVICES; device++) {
      expected[device] = anyState(random);
      states.put(device, expected[device]);
    }
    for (int device = 0; device < DEVICES; device++) {
      assertEquals(expected[device], states.get(device));
    }
  }

  @Test
  void shouldTakeTwoCacheLinesForADevice() {
    assertEquals(128L * DEVICES, states.bytes());
  }

  private static FlowState anyState(SplittableRandom random) {
    return new FlowState(
        any(Phase.values(), random),
        random.nextInt(Integer.MAX_VALUE),
        random.nextLong(),
        random.nextLong(),
        random.nextBoolean(),
        new Outage(
            random.nextInt(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            random.nextInt(),
            random.nextBoolean(),
            random.nextLong(),
            random.nextInt(),
            random.nextBoolean() ? "" : "10 attempts used up",
            anyFailure(random),
            random.nextBoolean() ? null : anyFailure(random),
            random.nextBoolean(),
            random.nextBoolean()),
        new Reprovisioning(
            any(Cause.values(), random),
            random.nextInt(),
            random.nextLong(),
            random.nextLong(),
            random.nextBoolean(),
            random.nextInt(),
            random.nextInt()),
        new History(
            random.nextLong(),
            random.nextBoolean(),
            random.nextInt(),
            random.nextLong(),
            random.nextBoolean()),
        anyAssignment(random),
        random.nextBoolean());
  }

  private static Failure anyFailure(SplittableRandom random) {
    return Failure.of(any(FailureKind.values(), random), "");
  }

  private static @Nullable Assignment anyAssignment(SplittableRandom random) {
    int hub = random.nextInt(5);
    return hub == 0
        ? null
        : new Assignment("hub-" + hub + ".example.net", "device", Instant.EPOCH, "", "");
  }

  private static <T> T any(T[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }
}
