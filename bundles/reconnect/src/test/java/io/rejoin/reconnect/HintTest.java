/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** News from outside that may cut a wait short. */
class HintTest extends FlowScenario {

  @ParameterizedTest
  @EnumSource(Hint.class)
  void shouldCutAWaitShort(Hint hint) {
    policy = fixed(600);
    givenConnectionWasLost();
    whenHinted(hint);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    thenAttemptIsOpened();
    assertEquals(1, state.failures());
  }

  @ParameterizedTest
  @EnumSource(value = Hint.class, mode = EnumSource.Mode.EXCLUDE, names = "NETWORK_UP")
  void shouldCutTheWaitOfAParkedDeviceShort(Hint hint) {
    givenAttemptFailed(Failure.of(FailureKind.OWN_CERTIFICATE_EXPIRED, ""));
    thenPhaseIs(Phase.PARKED);
    whenHinted(hint);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    thenAttemptIsOpened();
    whenAttemptFails(Failure.of(FailureKind.OWN_CERTIFICATE_EXPIRED, ""));
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  @Test
  void shouldSpreadAFleetThatIsHintedAtOnce() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      state = FlowState.INITIAL;
      policy = fixed(600);
      givenConnectionWasLost();
      whenHinted(Hint.NETWORK_UP);
      waits.add(timerIn());
    }
    assertFalse(waits.size() < 40, "only " + waits.size() + " moments differ");
  }

  @Test
  void shouldNotPutOffAnAttemptThatIsDueEarlier() {
    policy = fixed(0);
    givenConnectionWasLost();
    thenAttemptIsOpened();
    whenAttemptFails(SILENT);
    thenAttemptIsOpened();
    policy = fixed(1);
    whenAttemptFails(SILENT);
    whenTimePasses(Duration.ofMillis(999));
    whenHinted(Hint.NETWORK_UP);
    thenTimerIsWithin(Duration.ZERO, Duration.ofMillis(1));
  }

  @Test
  void shouldNotShortenAPauseThatTheHubAskedFor() {
    givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(90)));
    for (Hint hint : Hint.values()) {
      whenHinted(hint);
      thenTimerIsWithin(Duration.ofSeconds(90), Duration.ofSeconds(99));
    }
    whenConnectIsRequested();
    thenTimerIsIn(Duration.ofSeconds(90));
  }

  @Test
  void shouldNotHurryForANetworkWhereTheHubItselfAnswered() {
    policy = fixed(600);
    givenAttemptFailed(BUSY);
    FlowState before = state;
    whenHinted(Hint.NETWORK_UP);
    assertSame(before, state);
    whenHinted(Hint.CLOCK_SYNCHRONISED);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void shouldReopenASessionThatRestsOnWhatHasChanged() {
    List<Hint> concerning = List.of(Hint.CERTIFICATE_CHANGED, Hint.RESUMED);
    for (Hint hint : Hint.values()) {
      state = FlowState.INITIAL;
      givenConnected();
      FlowState before = state;
      whenHinted(hint);
      if (concerning.contains(hint)) {
        thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
        whenTimerElapses();
        assertEquals(new Action.Close(1, true), actions.get(0));
        thenPhaseIs(Phase.CONNECTING);
      } else {
        assertSame(before, state);
      }
    }
  }

  @Test
  void shouldNotDisturbAnAttempt() {
    whenConnectIsRequested();
    FlowState before = state;
    Arrays.stream(Hint.values()).forEach(this::whenHinted);
    assertSame(before, state);
  }

  @Test
  void shouldWakeAPolicyThatGaveUpOnlyForANewConfiguration() {
    policy = givingUpAfter(1);
    givenConnectionWasLost();
    FlowState before = state;
    for (Hint hint : Hint.values()) {
      if (hint != Hint.CONFIGURATION_CHANGED) {
        whenHinted(hint);
        assertSame(before, state);
      }
    }
    whenHinted(Hint.CONFIGURATION_CHANGED);
    whenTimerElapses();
    thenAttemptIsOpened();
    assertEquals(0, state.failures());
  }

  @Test
  void shouldAskDpsSoonerButNotBeforeItsOwnPause() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(120));
    whenHinted(Hint.NETWORK_UP);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    whenProvisioningFails(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(9)));
    for (Hint hint : Hint.values()) {
      whenHinted(hint);
      whenReconnectIsRequested(Duration.ZERO);
      thenTimerIsWithin(Duration.ofMinutes(9), Duration.ofMinutes(30));
    }
  }

  @Test
  void shouldSayWhatItIs() {
    Set<String> words = new HashSet<>();
    for (Hint hint : Hint.values()) {
      assertFalse(hint.words().isBlank());
      words.add(hint.words());
    }
    assertEquals(Hint.values().length, words.size());
  }
}
