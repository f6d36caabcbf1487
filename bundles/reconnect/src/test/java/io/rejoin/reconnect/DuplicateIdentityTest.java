/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Two gateways with one identity: over MQTT each sees its connection closed whenever the other
 * connects, so 400027 has to be inferred.
 */
class DuplicateIdentityTest extends FlowScenario {

  @Test
  void shouldInferItFromFiveSessionsCutShortWithinFifteenMinutes() {
    givenSessionsWereCutShort(4, Duration.ofMinutes(3));
    assertEquals(FailureKind.CONNECTION_CLOSED, lastKind());
    whenNextSessionIsCutShort(Duration.ofMinutes(2));
    assertEquals(FailureKind.DUPLICATE_IDENTITY, lastKind());
    thenPhaseIs(Phase.PARKED);
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofMinutes(1));
    assertTrue(explanation().contains("does a second gateway use this identity?"));
  }

  @Test
  void shouldNotInferItFromFiveSessionsInALongerTime() {
    givenSessionsWereCutShort(5, Duration.ofMinutes(4));
    assertEquals(FailureKind.CONNECTION_CLOSED, lastKind());
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldNotInferItFromSessionsThatWentSilent() {
    whenConnectIsRequested();
    for (int i = 0; i < 10; i++) {
      whenNextSessionEnds(Duration.ofMinutes(1), Failure.of(FailureKind.CONNECTION_SILENT, ""));
    }
    assertEquals(FailureKind.CONNECTION_SILENT, lastKind());
  }

  @Test
  void shouldNotInferItWhileTheNetworkIsNotFine() {
    givenSessionsWereCutShort(4, Duration.ofMinutes(1));
    whenAttemptsFail(1, SILENT);
    whenNextSessionIsCutShort(Duration.ofMinutes(1));
    assertNotEquals(FailureKind.DUPLICATE_IDENTITY, lastKind());
  }

  @Test
  void shouldBackOffMoreAndMoreWhileItGoesOn() {
    givenSessionsWereCutShort(5, Duration.ofMinutes(1));
    whenNextSessionIsCutShort(Duration.ofMinutes(1));
    thenTimerIsWithin(Duration.ofMinutes(2), Duration.ofMinutes(4));
    whenNextSessionIsCutShort(Duration.ofMinutes(14));
    thenTimerIsWithin(Duration.ofMinutes(8), Duration.ofMinutes(16));
    whenNextSessionIsCutShort(Duration.ofMinutes(14));
    thenTimerIsWithin(Duration.ofMinutes(40), Duration.ofMinutes(80));
    assertEquals(FailureKind.DUPLICATE_IDENTITY, lastKind());
  }

  @Test
  void shouldForgetItWhenASessionOutlivesTheWindow() {
    givenSessionsWereCutShort(5, Duration.ofMinutes(1));
    whenTimerElapses();
    whenAttemptSucceeds();
    thenTimerIsIn(Duration.ofMinutes(15));
    whenTimerElapses();
    assertEquals(0, state.failures());
    whenConnectionIsLost();
    assertEquals(FailureKind.CONNECTION_CLOSED, lastKind());
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldNotInferItInTheDocumentedProfile() {
    settings = Settings.documented().build();
    givenSessionsWereCutShort(10, Duration.ofMinutes(1));
    assertEquals(FailureKind.CONNECTION_CLOSED, lastKind());
  }

  private void givenSessionsWereCutShort(int times, Duration each) {
    whenConnectIsRequested();
    for (int i = 0; i < times; i++) {
      whenNextSessionIsCutShort(each);
    }
  }

  private void whenNextSessionIsCutShort(Duration after) {
    whenNextSessionEnds(after, CLOSED);
  }

  private void whenNextSessionEnds(Duration after, Failure failure) {
    if (state.phase() != Phase.CONNECTING) {
      whenTimerElapses();
    }
    whenAttemptSucceeds();
    whenTimePasses(after);
    whenConnectionIsLost(failure);
  }
}
