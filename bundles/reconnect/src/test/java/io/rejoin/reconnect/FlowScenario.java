/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One connection in virtual time: the vocabulary that the tests of the flow share. */
abstract class FlowScenario {

  static final Assignment HUB_A = assignment("a.example.net");
  static final Assignment HUB_B = assignment("b.example.net");

  static final Failure SILENT = Failure.of(FailureKind.TIMED_OUT, "");
  static final Failure CLOSED = Failure.of(FailureKind.CONNECTION_CLOSED, "");
  static final Failure REFUSED = Failure.of(FailureKind.REFUSED, "code 5");
  static final Failure BUSY = Failure.of(FailureKind.THROTTLED, "");
  static final Failure GONE = answer(FailureKind.DEVICE_NOT_FOUND, 404, 404001);
  static final Failure DENIED = answer(FailureKind.UNAUTHORIZED, 401, 401003);

  /** Noon in UTC, so that midnight is twelve hours away. */
  private static final Instant START = Instant.parse("2026-06-15T12:00:00Z");

  private static final int MOST_STEPS_AT_ONCE = 100;

  final SplittableRandom random = new SplittableRandom(42);
  RetryPolicy policy = fixed(10);
  Settings settings = Settings.recommended().build();
  FlowState state = FlowState.INITIAL;
  List<Action> actions = List.of();
  long now = 1_000_000;
  long wallMinusMonotonic = START.toEpochMilli() - now;

  // ---- given --------------------------------------------------------------------------------

  void givenConnected() {
    whenConnectIsRequested();
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofMinutes(1));
    thenPhaseIs(Phase.CONNECTED);
  }

  /** The hub closed the connection of a gateway that had been connected for a while. */
  void givenConnectionWasLost() {
    givenConnected();
    whenConnectionIsLost();
  }

  /** A gateway whose first attempt failed. */
  void givenAttemptFailed(Failure failure) {
    whenConnectIsRequested();
    whenAttemptFails(failure);
  }

  /** A provisioned gateway that knows its hub from earlier. */
  void givenProvisionedAt(Assignment hub) {
    givenProvisioning(Settings.recommended());
    on(new Event.ProvisionerChanged(at(), true, hub));
  }

  /** A provisioned gateway that was never assigned. */
  void givenProvisionedWithoutHub() {
    givenProvisioning(Settings.recommended().confirmedSpread(Duration.ZERO));
    on(new Event.ProvisionerChanged(at(), true, null));
  }

  void givenProvisioning(SettingsBuilder builder) {
    settings = builder.provisioned(true).build();
  }

  // ---- when ---------------------------------------------------------------------------------

  void whenConnectIsRequested() {
    on(new Event.ConnectRequested(at()));
  }

  void whenDisconnectIsRequested() {
    on(new Event.DisconnectRequested(at()));
  }

  void whenAttemptSucceeds() {
    whenAttemptSucceeds(FlowState.NEVER);
  }

  void whenAttemptSucceeds(long renewInMillis) {
    thenPhaseIs(Phase.CONNECTING);
    on(new Event.Connected(at(), state.attempt(), renewInMillis));
  }

  void whenAttemptFails(Failure failure) {
    thenPhaseIs(Phase.CONNECTING);
    on(new Event.AttemptFailed(at(), state.attempt(), failure));
  }

  void whenConnectionIsLost() {
    whenConnectionIsLost(CLOSED);
  }

  void whenConnectionIsLost(Failure failure) {
    thenPhaseIs(Phase.CONNECTED);
    on(new Event.ConnectionLost(at(), state.attempt(), failure, 0));
  }

  void whenProbeAnswers(@Nullable Failure failure) {
    thenPhaseIs(Phase.PROBING);
    on(new Event.Probed(at(), state.attempt(), failure));
  }

  void whenAssigned(Assignment hub) {
    thenPhaseIs(Phase.PROVISIONING);
    on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Assigned(hub)));
  }

  void whenProvisioningFails(Failure failure) {
    thenPhaseIs(Phase.PROVISIONING);
    on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Failed(failure)));
  }

  void whenProvisionerAppears(@Nullable Assignment cached) {
    on(new Event.ProvisionerChanged(at(), true, cached));
  }

  void whenProvisionerGoesAway() {
    on(new Event.ProvisionerChanged(at(), false, null));
  }

  void whenPolicyBecomes(RetryPolicy next) {
    policy = next;
    on(new Event.PolicyChanged(at()));
  }

  void whenSettingsBecome(SettingsBuilder next) {
    settings = next.build();
    on(new Event.PolicyChanged(at()));
  }

  void whenHinted(Hint hint) {
    on(new Event.Hinted(at(), hint));
  }

  void whenReprovisionIsRequested() {
    on(new Event.ReprovisionRequested(at(), 0));
  }

  void whenReconnectIsRequested(Duration spread) {
    on(new Event.ReconnectRequested(at(), spread.toMillis()));
  }

  void whenTimePasses(Duration time) {
    now += time.toMillis();
    on(new Event.TimerElapsed(at()));
  }

  /** Jumps to the moment the flow waits for. */
  void whenTimerElapses() {
    assertTrue(timerAt() != FlowState.NEVER, () -> "no timer: " + explanation());
    assertTrue(timerAt() >= now, () -> "timer in the past: " + explanation());
    now = timerAt();
    on(new Event.TimerElapsed(at()));
  }

  /** Lets attempts fail like this until the connection does something else than try again. */
  void whenAttemptsFail(int times, Failure failure) {
    for (int i = 0; i < times; i++) {
      if (state.phase() != Phase.CONNECTING) {
        whenTimerElapses();
      }
      whenAttemptFails(failure);
    }
  }

  // ---- then ---------------------------------------------------------------------------------

  void thenPhaseIs(Phase expected) {
    assertEquals(expected, state.phase(), this::explanation);
  }

  void thenTimerIsIn(Duration expected) {
    assertEquals(expected, timerIn(), this::explanation);
  }

  void thenTimerIsWithin(Duration least, Duration most) {
    Duration actual = timerIn();
    assertTrue(
        actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0,
        () -> actual + " is not within " + least + " and " + most + ": " + explanation());
  }

  void thenNoTimerRuns() {
    assertEquals(FlowState.NEVER, timerAt(), this::explanation);
  }

  void thenAttemptIsOpened() {
    assertEquals(List.of(new Action.Open(state.attempt(), state.assignment())), actions);
    thenPhaseIs(Phase.CONNECTING);
  }

  void thenAttemptIsOpenedAt(Assignment hub) {
    assertEquals(List.of(new Action.Open(state.attempt(), hub)), actions);
  }

  void thenNothingIsDone() {
    assertEquals(List.of(), actions);
  }

  void thenProvisionerIsAsked(Operation operation) {
    thenPhaseIs(Phase.PROVISIONING);
    Action last = actions.get(actions.size() - 1);
    if (last instanceof Action.Provision provision) {
      assertEquals(state.attempt(), provision.attempt());
      assertEquals(operation, provision.request().operation());
    } else {
      fail("not asked: " + actions);
    }
  }

  ProvisioningRequest question() {
    return ((Action.Provision) actions.get(actions.size() - 1)).request();
  }

  // ---- a world that answers -------------------------------------------------------------------

  /** What the connection meets in a test that lasts for days of virtual time. */
  interface World {
    /** Why an attempt fails, null if it succeeds. */
    @Nullable Failure connect();

    /** How long that takes. */
    default Duration connectTime() {
      return Duration.ofMillis(200);
    }

    /** What the hub answers over HTTPS. */
    default @Nullable Failure probe() {
      return SILENT;
    }

    default ProvisioningResult provision(ProvisioningRequest request) {
      return new ProvisioningResult.Assigned(HUB_A);
    }
  }

  /** What happened while the world was left alone. */
  static final class Diary {
    final List<Long> attempts = new ArrayList<>();
    final List<Long> probes = new ArrayList<>();
    final List<Long> questionsAt = new ArrayList<>();
    final List<ProvisioningRequest> questions = new ArrayList<>();

    long registrations() {
      return questions.stream().filter(q -> q.operation() == Operation.REGISTER).count();
    }
  }

  /** Carries out what the flow asks for, for so long. */
  Diary live(Duration span, World world) {
    Diary diary = new Diary();
    long until = now + span.toMillis();
    Deque<Action> open = new ArrayDeque<>(actions);
    int stepsAtOnce = 0;
    while (true) {
      Action action = open.poll();
      long before = now;
      if (action != null) {
        perform(action, world, diary);
      } else if (timerAt() > until) {
        now = until;
        return diary;
      } else {
        now = Math.max(now, timerAt());
        on(new Event.TimerElapsed(at()));
      }
      open.addAll(actions);
      stepsAtOnce = now == before ? stepsAtOnce + 1 : 0;
      assertTrue(stepsAtOnce < MOST_STEPS_AT_ONCE, () -> "runs in circles: " + explanation());
    }
  }

  private void perform(Action action, World world, Diary diary) {
    actions = List.of();
    if (action instanceof Action.Open opened) {
      diary.attempts.add(now);
      Failure failure = world.connect();
      now += world.connectTime().toMillis();
      on(
          failure == null
              ? new Event.Connected(at(), opened.attempt(), FlowState.NEVER)
              : new Event.AttemptFailed(at(), opened.attempt(), failure));
    } else if (action instanceof Action.Probe probe) {
      diary.probes.add(now);
      on(new Event.Probed(at(), probe.attempt(), world.probe()));
    } else if (action instanceof Action.Provision asked) {
      diary.questionsAt.add(now);
      diary.questions.add(asked.request());
      on(new Event.Provisioned(at(), asked.attempt(), world.provision(asked.request())));
    }
  }

  // ---- the machinery ------------------------------------------------------------------------

  void on(Event event) {
    Step step = ReconnectFlow.next(state, event, policy, settings, random);
    state = step.state();
    actions = step.actions();
  }

  Moment at() {
    return new Moment(now, now + wallMinusMonotonic);
  }

  long timerAt() {
    return ReconnectFlow.timerAt(state, settings);
  }

  Duration timerIn() {
    return timerAt() == FlowState.NEVER
        ? Duration.ofMillis(Long.MAX_VALUE)
        : Duration.ofMillis(timerAt() - now);
  }

  String explanation() {
    return Explanation.of(state, settings, now);
  }

  FailureKind lastKind() {
    Failure failure = state.lastFailure();
    return failure == null ? fail("there was no failure") : failure.kind();
  }

  static RetryPolicy fixed(int seconds) {
    return (request, chance) -> RetryDecision.after(Duration.ofSeconds(seconds));
  }

  static RetryPolicy givingUpAfter(int failures) {
    return (request, chance) ->
        request.failures() >= failures
            ? RetryDecision.stop(failures + " attempts used up")
            : RetryDecision.after(Duration.ofSeconds(10));
  }

  static Failure answer(FailureKind kind, int httpStatus, int subCode) {
    return new Failure(kind, "", httpStatus, subCode, null);
  }

  static Failure askingFor(FailureKind kind, Duration retryAfter) {
    return new Failure(kind, "", 429, 0, retryAfter);
  }

  static Assignment assignment(String hub) {
    return new Assignment(hub, "device-1", Instant.EPOCH, "", "");
  }
}
