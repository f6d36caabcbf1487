/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The recommended profile, point by point: what keeps a fleet alive beyond the letter of "Manage
 * device reconnections". What a point asks of the policies or of the link is proved there; here is
 * the flow's part.
 */
class RecommendedProfileTest extends FlowScenario {

  @Test
  @DisplayName("1. Every delay has jitter, also at the cap")
  void jitter() {
    policy = new BuiltInPolicy();
    whenConnectIsRequested();
    List<Long> attempts = live(Duration.ofDays(2), () -> SILENT).attempts;
    Set<Long> delaysAtTheCap = new HashSet<>();
    for (int i = 20; i < attempts.size(); i++) {
      delaysAtTheCap.add(attempts.get(i) - attempts.get(i - 1));
    }
    assertTrue(delaysAtTheCap.size() > 1_000, "only " + delaysAtTheCap.size() + " delays differ");
  }

  @Test
  @DisplayName("1. Pauses of parked and reprovisioning devices have jitter too")
  void jitterOfPauses() {
    Set<Duration> parked = new HashSet<>();
    Set<Duration> resting = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      state = FlowState.INITIAL;
      givenProvisionedAt(HUB_A);
      givenAttemptFailed(Failure.of(FailureKind.DEVICE_DISABLED, ""));
      parked.add(timerIn());
      state = FlowState.INITIAL;
      givenProvisionedWithoutHub();
      whenConnectIsRequested();
      whenProvisioningFails(SILENT);
      resting.add(timerIn());
    }
    assertEquals(20, parked.size());
    assertEquals(20, resting.size());
  }

  @Test
  @DisplayName("2. The policy learns whether the hub dropped the device, and when it last heard it")
  void initialSpread() {
    List<RetryRequest> requests = new ArrayList<>();
    policy =
        (request, chance) -> {
          requests.add(request);
          return RetryDecision.after(Duration.ofSeconds(1));
        };
    givenConnected();
    on(new Event.ConnectionLost(at(), state.attempt(), CLOSED, 7_000));
    whenTimerElapses();
    whenAttemptFails(SILENT);
    assertTrue(requests.get(0).connectionLost());
    assertEquals(Duration.ofSeconds(7), requests.get(0).quiet());
    assertFalse(requests.get(1).connectionLost());
    assertEquals(Duration.ZERO, requests.get(1).quiet());
  }

  @Test
  @DisplayName("3. The flow never cuts an attempt short, however long the hub lets it queue")
  void connectTimeout() {
    whenConnectIsRequested();
    thenNoTimerRuns();
    whenTimePasses(Duration.ofSeconds(75));
    thenPhaseIs(Phase.CONNECTING);
    thenNothingIsDone();
  }

  @Test
  @DisplayName("4. Retry-After is obeyed exactly, with jitter on top, whatever the policy says")
  void retryAfter() {
    policy = fixed(1);
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      state = FlowState.INITIAL;
      givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(90)));
      thenTimerIsWithin(Duration.ofSeconds(90), Duration.ofSeconds(99));
      waits.add(timerIn());
    }
    assertEquals(20, waits.size());
  }

  @Test
  @DisplayName("5. A session counts as success after 30 s, not at CONNACK: flapping backs off")
  void flapping() {
    policy = new BuiltInPolicy();
    givenConnected();
    for (int i = 0; i < 4; i++) {
      whenConnectionIsLost(Failure.of(FailureKind.CONNECTION_SILENT, ""));
      whenTimerElapses();
      whenAttemptSucceeds();
      whenTimePasses(Duration.ofSeconds(29));
    }
    whenConnectionIsLost(Failure.of(FailureKind.CONNECTION_SILENT, ""));
    thenTimerIsWithin(Duration.ofSeconds(8), Duration.ofSeconds(16));
    whenTimerElapses();
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofSeconds(30));
    assertEquals(0, state.failures());
  }

  @Test
  @DisplayName("6. Only failures that say nothing about the hub being alive count toward the 10")
  void counting() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(9, SILENT);
    whenAttemptsFail(5, Failure.of(FailureKind.NETWORK_DOWN, ""));
    assertEquals(9, state.reprovisioning().counted());
    whenAttemptsFail(1, BUSY);
    assertEquals(0, state.reprovisioning().counted());
    assertEquals(FlowState.NEVER, state.reprovisioning().slotAt());
  }

  @Test
  @DisplayName("7. A silent hub: DPS after 10 failures and the device's slot of 15 to 30 minutes")
  void slot() {
    Set<Long> slots = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      state = FlowState.INITIAL;
      policy = fixed(60);
      givenProvisionedAt(HUB_A);
      whenConnectIsRequested();
      long first = now;
      long waited = live(Duration.ofMinutes(31), () -> SILENT).questionsAt.get(0) - first;
      assertTrue(waited >= 15 * 60_000 && waited <= 30 * 60_000 + 1_000, "after " + waited);
      slots.add(waited);
    }
    assertTrue(slots.size() > 15, "the slots do not differ: " + slots);
  }

  @Test
  @DisplayName("7. The slot is drawn at the loss, which does not count toward the 10")
  void slotFromTheLoss() {
    policy = fixed(1_000);
    givenProvisionedAt(HUB_A);
    givenConnectionWasLost();
    long slotAt = state.reprovisioning().slotAt();
    assertTrue(slotAt >= now + 15 * 60_000 && slotAt <= now + 30 * 60_000, "at " + slotAt);
    assertEquals(0, state.reprovisioning().counted());
    whenAttemptsFail(1, SILENT);
    assertEquals(slotAt, state.reprovisioning().slotAt());
    assertEquals(1, state.reprovisioning().counted());
  }

  @Test
  @DisplayName("7. An answer that proves the hub alive takes the slot back that the loss has drawn")
  void slotTakenBack() {
    givenProvisionedAt(HUB_A);
    givenConnectionWasLost();
    whenAttemptsFail(1, BUSY);
    assertEquals(FlowState.NEVER, state.reprovisioning().slotAt());
  }

  @Test
  @DisplayName("7. Who is early at the hub is early at DPS: one queue for both")
  void oneQueue() {
    policy =
        (request, random) ->
            RetryDecision.after(Duration.ofMillis((long) (random.nextDouble() * 1_000_000)));
    TreeMap<Long, Long> slotByAttempt = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      state = FlowState.INITIAL;
      givenProvisionedAt(HUB_A);
      givenConnectionWasLost();
      slotByAttempt.put(state.retryAt() - now, state.reprovisioning().slotAt() - now);
    }
    List<Long> slots = List.copyOf(slotByAttempt.values());
    assertEquals(slots.stream().sorted().toList(), slots);
  }

  @Test
  @DisplayName("7. Confirmed after a loss: its turn in that queue, without the 15 minutes")
  void confirmedInTurn() {
    givenProvisioning(
        Settings.recommended()
            .slot(Duration.ofMinutes(15), Duration.ofHours(3))
            .confirmedSpread(Duration.ofHours(3)));
    whenProvisionerAppears(HUB_A);
    givenConnectionWasLost();
    long turn = state.reprovisioning().slotAt() - Duration.ofMinutes(15).toMillis();
    whenAttemptsFail(1, GONE);
    assertEquals(turn, state.reprovisioning().slotAt());
  }

  @Test
  @DisplayName("7. Confirmed when its turn is past, or far: soon, within the spread")
  void confirmedOutOfTurn() {
    for (int slotMinutes : List.of(15, 150)) {
      state = FlowState.INITIAL;
      Duration slot = Duration.ofMinutes(slotMinutes);
      givenProvisioning(Settings.recommended().slot(Duration.ofMinutes(15), slot));
      whenProvisionerAppears(HUB_A);
      givenConnectionWasLost();
      whenAttemptsFail(1, GONE);
      thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(5));
    }
  }

  @Test
  @DisplayName("7. The device wakes exactly at its slot, between two attempts")
  void wakesAtTheSlot() {
    policy = fixed(100);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(10, SILENT);
    long slotAt = state.reprovisioning().slotAt();
    whenAttemptsFailUntilDpsIsAsked();
    assertEquals(slotAt, now);
  }

  @Test
  @DisplayName("7. 15 minutes are not enough without 10 failures")
  void slotAloneIsNotEnough() {
    policy = fixed(600);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofMinutes(85), () -> SILENT);
    assertEquals(9, diary.attempts.size());
    assertEquals(0, diary.questions.size());
    assertEquals(1, live(Duration.ofMinutes(6), () -> SILENT).questions.size());
  }

  @Test
  @DisplayName("7. A confirmed 401001 or 404001: DPS at once, within the fleet's spread")
  void confirmed() {
    for (Failure answer : List.of(GONE, answer(FailureKind.HUB_NOT_FOUND, 401, 401001))) {
      state = FlowState.INITIAL;
      givenProvisionedAt(HUB_A);
      givenAttemptFailed(REFUSED);
      thenPhaseIs(Phase.PROBING);
      whenProbeAnswers(answer);
      thenTimerIsWithin(Duration.ZERO, settings.confirmedSpread());
      whenTimerElapses();
      thenProvisionerIsAsked(Operation.REGISTER);
      whenAssigned(HUB_B);
      thenAttemptIsOpenedAt(HUB_B);
    }
  }

  @Test
  @DisplayName("8. A lookup comes first; it names the same hub: nothing moves, nothing is billed")
  void lookupFirst() {
    givenHubIsSilentUntilDpsIsAsked();
    thenProvisionerIsAsked(Operation.LOOKUP);
    whenAssigned(HUB_A);
    thenPhaseIs(Phase.WAITING);
    assertEquals(HUB_A, state.assignment());
    assertTrue(state.reprovisioning().counted() >= 11);
  }

  @Test
  @DisplayName("8. The lookup names another hub: the device moves there")
  void lookupMoves() {
    givenHubIsSilentUntilDpsIsAsked();
    whenAssigned(HUB_B);
    thenAttemptIsOpenedAt(HUB_B);
    whenAttemptSucceeds();
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  @DisplayName("8. A changed enrolment shows only after a register: at the second occasion")
  void registersAtTheSecondOccasion() {
    policy = fixed(60);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofMinutes(40), () -> SILENT);
    assertEquals(List.of(Operation.LOOKUP, Operation.REGISTER), operations(diary).subList(0, 2));
  }

  @Test
  @DisplayName("9. DPS has a back-off of its own, while the hub is tried at the policy's pace")
  void dpsBackoff() {
    policy = fixed(60);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(Duration.ofDays(2), () -> SILENT);
    long last = diary.questionsAt.get(diary.questionsAt.size() - 1);
    long before = diary.questionsAt.get(diary.questionsAt.size() - 2);
    assertTrue(
        last - before >= 900_000 && last - before <= 1_800_000, "pause of " + (last - before));
    assertTrue(diary.attempts.size() > 2_700, diary.attempts.size() + " attempts");
  }

  @Test
  @DisplayName("9. With the budget empty only DPS rests")
  void budgetEmpty() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(
        new Failure(FailureKind.PROVISIONING_BUDGET_EMPTY, "", 0, 0, Duration.ofHours(8)));
    Diary diary = live(Duration.ofMinutes(479), () -> GONE);
    assertEquals(0, diary.questions.size());
    assertTrue(diary.attempts.size() > 2_700, diary.attempts.size() + " attempts");
    assertTrue(live(Duration.ofMinutes(5), () -> GONE).registrations() > 0);
  }

  @Test
  @DisplayName("10. It connects from the cache at boot: a reboot costs no call")
  void cache() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  @DisplayName("11. The clock comes before a 401")
  void clock() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(Failure.of(FailureKind.CLOCK_WRONG, "the hub's clock is 3 h ahead"));
    thenPhaseIs(Phase.PARKED);
    assertEquals(0, live(Duration.ofDays(2), () -> SILENT).probes.size());
  }

  @Test
  @DisplayName("12. \"Reprovision now\" by an operator, and the reason and next retry are shown")
  void reprovisionNow() {
    givenProvisionedAt(HUB_A);
    givenConnected();
    whenReprovisionIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
    assertTrue(question().byOperator());
    assertEquals("an operator asked for it", question().reason());
  }

  @Test
  @DisplayName("13. A hint cuts a wait short, with a small spread of its own")
  void hint() {
    policy = fixed(600);
    givenConnectionWasLost();
    whenHinted(Hint.NETWORK_UP);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    thenAttemptIsOpened();
  }

  private void givenHubIsSilentUntilDpsIsAsked() {
    policy = fixed(100);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(11, SILENT);
    whenAttemptsFailUntilDpsIsAsked();
  }

  private void whenAttemptsFailUntilDpsIsAsked() {
    while (state.phase() != Phase.PROVISIONING) {
      if (state.phase() == Phase.CONNECTING) {
        whenAttemptFails(SILENT);
      } else {
        whenTimerElapses();
      }
    }
  }

  private static List<Operation> operations(Diary diary) {
    return diary.questions.stream().map(question -> question.operation()).toList();
  }
}
