/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.Explanation;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.ReconnectFlow;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold at every moment of a gateway's life. */
final class Checks {

  /** One registration in eight hours: what the default budget earns. */
  private static final double MILLIS_PER_TOKEN = Duration.ofHours(8).toMillis();

  /** How long an attempt, a probe or a question may take at most, with all delays around it. */
  private static final long LONGEST_WORK_MILLIS = Duration.ofMinutes(3).toMillis();

  private final VirtualTime time;
  private final Cloud cloud;
  private final boolean budgeted;
  private final Diary diary;

  /** The links that are neither closed nor lost nor failed. */
  private final Set<SimulatedLink> alive = new HashSet<>();

  private final Map<Hub, Long> hubPauses = new HashMap<>();
  private long dpsPauseUntil = Long.MIN_VALUE;
  private double tokens = 1;
  private long lastWallMillis;

  private boolean wanted;
  private @Nullable FlowState lastSeen;
  private @Nullable FlowState working;
  private long workingSince;

  final Set<String> accepted = new HashSet<>();

  Checks(VirtualTime time, Cloud cloud, boolean budgeted, Diary diary) {
    this.diary = diary;
    this.time = time;
    this.cloud = cloud;
    this.budgeted = budgeted;
    lastWallMillis = time.wallMillis();
  }

  static AssertionError violated(String rule) {
    return new AssertionError(rule);
  }

  // ---- never two attempts at once, never one that nobody wants
  // ------------------------------------

  void linkBegins(Hub hub) {
    diary.note(time, () -> "  attempt at " + hub);
    if (!alive.isEmpty()) {
      throw violated("two attempts at once");
    }
    if (!wanted) {
      throw violated("an attempt while the user said disconnected");
    }
    if (time.trueMillis() < hubPauses.getOrDefault(hub, Long.MIN_VALUE)) {
      throw violated("Retry-After of the hub was shortened");
    }
  }

  void linkBegan(SimulatedLink link) {
    alive.add(link);
  }

  void linkEnded(SimulatedLink link) {
    diary.note(time, () -> "  link ended");
    alive.remove(link);
  }

  void userWants(boolean connected) {
    diary.note(time, () -> "  the connection learns that the user wants it: " + connected);
    wanted = connected;
  }

  // ---- Retry-After is never shortened -----------------------------------------------------------

  /** The gateway is about to learn what a hub answered, and waits for it. */
  void hubAsksForPause(Hub hub, Failure failure) {
    Duration pause = failure.retryAfter();
    if (pause != null) {
      hubPauses.merge(hub, time.trueMillis() + pause.toMillis(), Math::max);
    }
  }

  /** A pause belongs to a target: who is sent to another hub, and later back, was told to come. */
  void dpsAnswers(@Nullable Assignment before, ProvisioningResult result) {
    if (result instanceof ProvisioningResult.Assigned assigned) {
      if (before != null && !before.sameTarget(assigned.assignment())) {
        pausesAreForgotten(false);
      }
    } else if (result instanceof ProvisioningResult.Failed failed) {
      Failure failure = failed.failure();
      Duration pause = failure.retryAfter();
      if (pause != null && failure.kind() != FailureKind.PROVISIONING_BUDGET_EMPTY) {
        dpsPauseUntil = time.trueMillis() + pause.toMillis();
      }
    }
  }

  void dpsIsAsked(ProvisioningRequest request) {
    diary.note(time, () -> "  DPS is asked: " + request);
    if (time.trueMillis() < dpsPauseUntil) {
      throw violated("Retry-After of DPS was shortened");
    }
  }

  /** A pause belongs to a target, and is known to a process. */
  void pausesAreForgotten(boolean dpsToo) {
    hubPauses.clear();
    if (dpsToo) {
      dpsPauseUntil = Long.MIN_VALUE;
    }
  }

  void processEnds() {
    alive.forEach(SimulatedLink::die);
    alive.clear();
    working = null;
    pausesAreForgotten(true);
  }

  // ---- the budget -------------------------------------------------------------------------------

  /** More than the wall clock has earned can never be spent, whatever it does. */
  void clockMoves() {
    long wall = time.wallMillis();
    tokens = Math.min(1, tokens + Math.max(0, wall - lastWallMillis) / MILLIS_PER_TOKEN);
    lastWallMillis = wall;
  }

  void registrationIsPaid(boolean byOperator) {
    clockMoves();
    if (budgeted && tokens < (byOperator ? 0 : 1) - 1e-6) {
      throw violated("the DPS budget was exceeded: " + tokens + " left");
    }
    tokens -= 1;
  }

  void registrationIsGivenBack() {
    tokens = Math.min(1, tokens + 1);
  }

  // ---- never stuck ------------------------------------------------------------------------------

  /** Looks at the flow after each of its steps. */
  void stepTaken(FlowState state, Settings settings) {
    Phase phase = state.phase();
    if (state != lastSeen) {
      diary.note(
          time,
          () -> "  " + state + ": " + Explanation.of(state, settings, time.monotonicMillis()));
      lastSeen = state;
    }
    switch (phase) {
      case STOPPED -> {
        if (wanted) {
          throw violated("stopped although the user wants the connection");
        }
        working = null;
      }
      case CONNECTING, PROBING, PROVISIONING -> isWorking(state);
      case CONNECTED -> working = null;
      case WAITING, WAITING_FOR_DPS, PARKED -> {
        working = null;
        waits(state, settings);
      }
    }
    if (phase != Phase.STOPPED && !wanted) {
      throw violated(phase + " although the user said disconnected");
    }
  }

  private void isWorking(FlowState state) {
    FlowState before = working;
    if (before == null || before.phase() != state.phase() || before.attempt() != state.attempt()) {
      workingSince = time.monotonicMillis();
      working = state;
    } else if (time.monotonicMillis() - workingSince > LONGEST_WORK_MILLIS) {
      throw violated("stuck in " + state.phase());
    }
  }

  private void waits(FlowState state, Settings settings) {
    long timerAt = ReconnectFlow.timerAt(state, settings);
    boolean waitsForProvisioner =
        settings.provisioned() && state.assignment() == null && !state.provisionerPresent();
    boolean gaveUp = !state.gaveUp().isEmpty();
    if (timerAt == FlowState.NEVER && !waitsForProvisioner && !gaveUp) {
      throw violated("waits for nothing");
    }
    if (timerAt <= time.monotonicMillis() - LONGEST_WORK_MILLIS) {
      throw violated("does not act upon its timer");
    }
    if (state.phase() == Phase.PARKED) {
      String words = Explanation.of(state, settings, time.monotonicMillis());
      if (state.lastFailure() == null && !gaveUp || !words.contains(": ")) {
        throw violated("parked without a reason: " + words);
      }
    }
  }

  // ---- messages ---------------------------------------------------------------------------------

  void confirmed(String messageId) {
    if (!cloud.received.contains(messageId)) {
      throw violated("message " + messageId + " confirmed without the hub's word");
    }
  }

  Set<String> missing() {
    Set<String> missing = new HashSet<>(accepted);
    missing.removeAll(cloud.received);
    return missing;
  }
}
