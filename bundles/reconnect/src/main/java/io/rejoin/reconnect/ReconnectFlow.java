/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.Reprovisioning.Cause;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a connection: a pure function from state and event to state and actions.
 *
 * <p>In order: the events, what a failure leads to, when the next attempt is due, when the
 * provisioning service is asked and what its answers lead to. The only waiting is {@link #timerAt};
 * whoever drives the flow sends {@link Event.TimerElapsed} then.
 *
 * <p>An instance serves one step: it binds the arguments that hardly change.
 */
public final class ReconnectFlow {

  /** A quarter more or less than an hour, between attempts while the day's quota is used up. */
  private static final long QUOTA_CHECK_MIN_MILLIS = Duration.ofMinutes(45).toMillis();

  private static final long QUOTA_CHECK_SPREAD_MILLIS = Duration.ofMinutes(30).toMillis();

  /** A share of the probe's pause is random. */
  private static final double PAUSE_JITTER = 0.1;

  /** Microsoft's guidance for hub and DPS: after a 5xx the first retry comes after 5 s or more. */
  private static final Duration LEAST_PAUSE_AFTER_SERVER_ERROR = Duration.ofSeconds(5);

  /** A pause that a server asked for is blurred by this share, if the policy does not do it. */
  private static final double PAUSE_BLUR = 0.1;

  private static final long LEAST_BLUR_MILLIS = 1_000;

  private final RetryPolicy policy;
  private final Settings settings;
  private final RandomGenerator random;

  private ReconnectFlow(RetryPolicy policy, Settings settings, RandomGenerator random) {
    this.policy = policy;
    this.settings = settings;
    this.random = random;
  }

  /**
   * Takes one step.
   *
   * @param policy never throws and answers sensibly, see {@link PolicyGuard}
   * @param random the only source of chance
   */
  public static Step next(
      FlowState state, Event event, RetryPolicy policy, Settings settings, RandomGenerator random) {
    return new ReconnectFlow(policy, settings, random).on(state, event);
  }

  /**
   * The monotonic moment at which {@link Event.TimerElapsed} is wanted, or {@link FlowState#NEVER}.
   */
  public static long timerAt(FlowState state, Settings settings) {
    return switch (state.phase()) {
      case STOPPED, CONNECTING, PROBING, PROVISIONING -> NEVER;
      case CONNECTED -> {
        long stableAt = forgotten(state) ? NEVER : stableAt(state, settings);
        yield Math.min(Math.min(state.retryAt(), stableAt), dpsDueAt(state, settings));
      }
      case WAITING, WAITING_FOR_DPS, PARKED -> Math.min(state.retryAt(), dpsDueAt(state, settings));
    };
  }

  // ---- events -------------------------------------------------------------------------------

  private Step on(FlowState state, Event event) {
    long at = event.at().monotonicMillis();
    if (event instanceof Event.TimerElapsed) {
      return timerElapsed(state, at);
    } else if (event instanceof Event.AttemptFailed failed) {
      return attemptFailed(state, failed);
    } else if (event instanceof Event.Connected connected) {
      return connected(state, connected, at);
    } else if (event instanceof Event.ConnectionLost lost) {
      return connectionLost(state, lost);
    } else if (event instanceof Event.Probed probed) {
      return probed(state, probed);
    } else if (event instanceof Event.Provisioned provisioned) {
      return provisioned(state, provisioned, at);
    } else if (event instanceof Event.ProvisionerChanged changed) {
      return provisionerChanged(state, changed, at);
    } else if (event instanceof Event.PolicyChanged) {
      return policyChanged(state, event.at());
    } else if (event instanceof Event.ConnectRequested) {
      return connectRequested(state, at);
    } else if (event instanceof Event.DisconnectRequested) {
      return disconnectRequested(state, at);
    } else if (event instanceof Event.TargetChanged changed) {
      return targetChanged(state, changed.cached(), at);
    } else if (event instanceof Event.Hinted hinted) {
      return hinted(state, hinted.hint(), at);
    } else if (event instanceof Event.ReconnectRequested wish) {
      return reconnect(state, Times.within(at, wish.spreadMillis(), random), at);
    } else if (event instanceof Event.ReprovisionRequested wish) {
      return reprovisionRequested(state, Times.within(at, wish.spreadMillis(), random), at);
    }
    throw new IllegalArgumentException("unknown event " + event);
  }

  private Step connectRequested(FlowState state, long at) {
    return switch (state.phase()) {
      case STOPPED -> restart(state, at);
      case WAITING, WAITING_FOR_DPS, PARKED -> reconnect(state, at, at);
      case PROVISIONING -> hurry(state, at, at);
      case CONNECTING, CONNECTED, PROBING -> Step.to(state);
    };
  }

  /** Begins anew, though a pause that the hub asked for outlives a disconnect. */
  private Step restart(FlowState state, long at) {
    long allowed = pausedUntil(state);
    if (allowed <= at || hubUnknown(state)) {
      return start(state.withOutage(Outage.NONE), at);
    }
    long spreadAt = Times.within(allowed, settings.hintSpread(), random);
    return Step.to(state.enter(Phase.WAITING, at).withRetryAt(spreadAt));
  }

  private Step disconnectRequested(FlowState state, long at) {
    boolean paused = pausedUntil(state) > at;
    FlowState stopped =
        state
            .enter(Phase.STOPPED, at)
            .withOutage(paused ? state.outage().withGaveUp("") : Outage.NONE)
            .withReprovisioning(state.reprovisioning().startOver().forgotten());
    return switch (state.phase()) {
      case CONNECTED -> Step.to(stopped, new Action.Close(state.attempt(), true));
      case CONNECTING, PROBING -> Step.to(stopped, new Action.Close(state.attempt(), false));
      case STOPPED, WAITING, WAITING_FOR_DPS, PROVISIONING, PARKED -> Step.to(stopped);
    };
  }

  private Step timerElapsed(FlowState state, long at) {
    FlowState now = state.phase() == Phase.CONNECTED ? forgetIfStable(state, at) : state;
    return switch (state.phase()) {
      case STOPPED, CONNECTING, PROBING, PROVISIONING -> Step.to(state);
      case CONNECTED, WAITING, WAITING_FOR_DPS, PARKED -> due(now, at);
    };
  }

  /** Carries out what has become due, if anything has. */
  private Step due(FlowState state, long at) {
    if (dpsDueAt(state, settings) <= at) {
      return provision(state, at);
    }
    if (state.retryAt() > at) {
      return Step.to(state);
    }
    // After a limit and a rest it starts from nothing.
    return open(state.gaveUp().isEmpty() ? state : state.withOutage(Outage.NONE), at);
  }

  private Step connected(FlowState state, Event.Connected event, long at) {
    boolean current = event.attempt() == state.attempt();
    if (current && state.phase() == Phase.CONNECTED) {
      return Step.to(state);
    }
    if (!current || state.phase() != Phase.CONNECTING) {
      return Step.to(state, new Action.Close(event.attempt(), false));
    }
    // A token that dies at once must not make a loop of renewals.
    long renewIn = Math.max(event.renewInMillis(), Times.millis(settings.stableAfter()));
    return Step.to(
        state
            .enter(Phase.CONNECTED, at)
            .withRetryAt(Times.plus(at, renewIn))
            .withReprovisioning(state.reprovisioning().accepted()));
  }

  private Step attemptFailed(FlowState state, Event.AttemptFailed event) {
    if (state.phase() != Phase.CONNECTING || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    long at = event.at().monotonicMillis();
    Outage before = state.outage();
    Outage outage =
        before.attemptFailed(
            at, state.since(), delayBefore(state), random.nextInt(), event.failure());
    FlowState failing = state.withOutage(outage).withHistory(state.history().notCutShort());
    if (reaction(failing) != Reaction.ASK_WHY) {
      return explained(failing, event.at());
    }
    if (at >= state.history().probeNotBefore()) {
      return probe(failing, at);
    }
    Failure known = knownReason(before, event.at());
    return explained(
        known == null ? failing : failing.withOutage(outage.answered(known, true, at)), event.at());
  }

  /** A quota that was found used up says nothing about a refusal after 00:00 UTC. */
  private static @Nullable Failure knownReason(Outage before, Moment now) {
    Failure reason = before.knownReason();
    boolean renewed =
        reason != null
            && reason.kind() == FailureKind.QUOTA_EXCEEDED
            && Times.midnightAfter(before.delayFrom(), now) <= now.monotonicMillis();
    return renewed ? null : reason;
  }

  private Step connectionLost(FlowState state, Event.ConnectionLost event) {
    if (state.phase() != Phase.CONNECTED || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    long at = event.at().monotonicMillis();
    boolean routine = event.failure().kind() == FailureKind.TOKEN_EXPIRED && isStable(state, at);
    FlowState before = forgetIfStable(state, at);
    if (routine) {
      return open(before.enter(Phase.WAITING, at), at);
    }
    FlowState counted = countIfCutShort(before, event.failure(), at);
    Outage outage =
        counted
            .outage()
            .sessionLost(
                at,
                event.quietMillis(),
                random.nextInt(),
                inferDuplicate(counted, event.failure()));
    return explained(counted.withOutage(outage), event.at());
  }

  private Step probed(FlowState state, Event.Probed event) {
    if (state.phase() != Phase.PROBING || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    long at = event.at().monotonicMillis();
    Failure answer = event.failure();
    if (answer == null) {
      return await(
          state
              .withOutage(state.outage().answered(Outage.NOTHING_WRONG, false, at).withParked(0))
              .withHistory(state.history().answered())
              .withReprovisioning(state.reprovisioning().accepted()),
          event.at());
    }
    boolean believed = confirms(answer, state.history());
    return explained(state.withOutage(state.outage().answered(answer, believed, at)), event.at());
  }

  private Step provisionerChanged(FlowState state, Event.ProvisionerChanged event, long at) {
    boolean lost = hubUnknown(state);
    FlowState now = adopt(state.withProvisioner(event.present()), event.cached());
    long soon = Times.within(at, settings.hintSpread(), random);
    return switch (state.phase()) {
      case STOPPED -> Step.to(abandon(now));
      case CONNECTING, CONNECTED, PROBING -> Step.to(now);
      case PROVISIONING -> interrupted(now, soon, at);
      case WAITING_FOR_DPS -> start(askSoon(now, soon), at);
      case WAITING, PARKED -> lost ? start(askSoon(now, soon), at) : due(askSoon(now, soon), at);
    };
  }

  /** What a provisioner remembers counts only where nothing is known: so a reboot costs no call. */
  private FlowState adopt(FlowState state, @Nullable Assignment cached) {
    return cached != null && hubUnknown(state)
        ? state.withAssignment(cached).withOutage(Outage.NONE)
        : state;
  }

  /** Whatever made the service rest may have changed, but not a pause that it asked for itself. */
  private static FlowState askSoon(FlowState state, long soon) {
    Reprovisioning dps = state.reprovisioning();
    return dps.notBefore() <= soon ? state : state.withReprovisioning(dps.resting(soon));
  }

  /** The provisioner went away or was exchanged in the middle of its work. */
  private Step interrupted(FlowState state, long soon, long at) {
    return afterProvisioning(
        abandon(state).withReprovisioning(state.reprovisioning().resting(soon)), at);
  }

  /** The answer to what was asked is no longer waited for. */
  private static FlowState abandon(FlowState state) {
    return state.withAttempt(state.attempt() + 1);
  }

  private Step policyChanged(FlowState state, Moment now) {
    if (state.outage().isNone() || hubUnknown(state)) {
      return Step.to(state);
    }
    return switch (state.phase()) {
      case WAITING, PARKED -> due(plannedAgain(state, now), now.monotonicMillis());
      case PROVISIONING -> {
        // The attempt that follows the question.
        FlowState again = plannedAgain(state, now);
        yield Step.to(state.withOutage(again.outage()).withRetryAt(again.retryAt()));
      }
      case STOPPED, CONNECTING, CONNECTED, PROBING, WAITING_FOR_DPS -> Step.to(state);
    };
  }

  private FlowState plannedAgain(FlowState state, Moment now) {
    FlowState again = planned(state.withOutage(state.outage().withGaveUp("")), now);
    return state.hurried() ? again.hurriedTo(state.retryAt()) : again;
  }

  private Step targetChanged(FlowState state, @Nullable Assignment cached, long at) {
    Phase phase = state.phase() == Phase.STOPPED ? Phase.STOPPED : Phase.WAITING;
    FlowState fresh =
        state
            .enter(phase, at)
            .withOutage(Outage.NONE)
            .withReprovisioning(state.reprovisioning().startOver().forgotten())
            .withHistory(History.NONE)
            .withAssignment(settings.provisioned() ? cached : null);
    return switch (state.phase()) {
      case STOPPED -> Step.to(abandon(fresh));
      case CONNECTING, PROBING -> closeAnd(state, false, start(fresh, at));
      case CONNECTED -> closeAnd(state, true, start(fresh, at));
      case WAITING, WAITING_FOR_DPS, PROVISIONING, PARKED -> start(fresh, at);
    };
  }

  private Step hinted(FlowState state, Hint hint, long at) {
    return pointless(state, hint)
        ? Step.to(state)
        : hurry(state, Times.within(at, settings.hintSpread(), random), at);
  }

  private static boolean pointless(FlowState state, Hint hint) {
    if (state.phase() == Phase.CONNECTED) {
      return !hint.concernsSession();
    }
    if (!state.gaveUp().isEmpty()) {
      return hint != Hint.CONFIGURATION_CHANGED;
    }
    // Where a server answered, the network was not what was missing.
    return hint == Hint.NETWORK_UP && state.outage().failure().provesServerAlive();
  }

  /** An operator may also cut the device's own slot short. */
  private Step reconnect(FlowState state, long when, long at) {
    return hubUnknown(state) && state.wanted()
        ? hurry(state.withReprovisioning(state.reprovisioning().slotBy(when)), when, at)
        : hurry(state, when, at);
  }

  /** Brings the next attempt forward, though never into a pause that the server asked for. */
  private Step hurry(FlowState state, long when, long at) {
    return switch (state.phase()) {
      case STOPPED, CONNECTING, PROBING -> Step.to(state);
      case CONNECTED -> due(state.hurriedTo(when), at);
      case PROVISIONING -> Step.to(hubUnknown(state) ? state : hurried(state, when));
      case WAITING, WAITING_FOR_DPS, PARKED ->
          due(hubUnknown(state) ? askSoon(state, when) : hurried(state, when), at);
    };
  }

  private static FlowState hurried(FlowState state, long when) {
    return state
        .withOutage(state.outage().reasonGone())
        .hurriedTo(Math.max(when, pausedUntil(state)));
  }

  private Step reprovisionRequested(FlowState state, long when, long at) {
    if (!settings.provisioned() || state.phase() == Phase.STOPPED) {
      return Step.to(state);
    }
    // Later than the question that is under way, which was asked for another reason.
    long slotAt = state.phase() == Phase.PROVISIONING ? Math.max(when, at + 1) : when;
    FlowState asked = state.withReprovisioning(state.reprovisioning().wished(slotAt));
    return switch (state.phase()) {
      case STOPPED, CONNECTING, PROBING, PROVISIONING -> Step.to(asked);
      case CONNECTED, WAITING, WAITING_FOR_DPS, PARKED -> due(asked, at);
    };
  }

  // ---- attempts -----------------------------------------------------------------------------

  /** Begins from nothing: with the assignment if it needs one, else with an attempt. */
  private Step start(FlowState state, long at) {
    if (!settings.provisioned()) {
      return open(state, at);
    }
    boolean register =
        state.assignment() == null
            || (settings.mode() == ProvisioningMode.ALWAYS_ON_STARTUP
                && state.provisionerPresent()
                && !state.history().registeredSinceStart());
    if (!register) {
      return open(state, at);
    }
    return due(wantDps(state.enter(Phase.WAITING_FOR_DPS, at), Cause.NO_ASSIGNMENT, at), at);
  }

  private Step open(FlowState state, long at) {
    if (hubUnknown(state)) {
      return start(state, at);
    }
    long attempt = state.attempt() + 1;
    FlowState connecting = state.enter(Phase.CONNECTING, at).withAttempt(attempt);
    Action open = new Action.Open(attempt, state.assignment());
    return state.phase() == Phase.CONNECTED
        ? Step.to(connecting, new Action.Close(state.attempt(), true), open)
        : Step.to(connecting, open);
  }

  private boolean hubUnknown(FlowState state) {
    return settings.provisioned() && state.assignment() == null;
  }

  private static Step closeAnd(FlowState old, boolean drain, Step then) {
    Action close = new Action.Close(old.attempt(), drain);
    return then.actions().isEmpty()
        ? Step.to(then.state(), close)
        : Step.to(then.state(), close, then.actions().get(0));
  }

  // ---- failures -----------------------------------------------------------------------------

  private FlowState forgetIfStable(FlowState state, long at) {
    return isStable(state, at) && !forgotten(state)
        ? state.withOutage(Outage.NONE).withReprovisioning(state.reprovisioning().forgotten())
        : state;
  }

  private boolean isStable(FlowState state, long at) {
    return at >= stableAt(state, settings);
  }

  /** Two clients that share an identity take turns, and each turn may well last for minutes. */
  private static long stableAt(FlowState state, Settings settings) {
    boolean shared = state.outage().failure().kind() == FailureKind.DUPLICATE_IDENTITY;
    return Times.plus(state.since(), shared ? settings.duplicateWindow() : settings.stableAfter());
  }

  private static boolean forgotten(FlowState state) {
    return state.outage().isNone()
        && state.reprovisioning().equals(state.reprovisioning().forgotten());
  }

  private FlowState countIfCutShort(FlowState state, Failure failure, long at) {
    return failure.kind() == FailureKind.CONNECTION_CLOSED
        ? state.withHistory(
            state.history().sessionCutShort(at, settings.duplicateWindow().toMillis()))
        : state;
  }

  /**
   * IoT Hub drops the older of two clients with one identity by closing its socket, so over MQTT
   * 400027 can only be inferred.
   */
  private Failure inferDuplicate(FlowState state, Failure failure) {
    boolean again = state.outage().failure().kind() == FailureKind.DUPLICATE_IDENTITY;
    boolean inferred =
        failure.kind() == FailureKind.CONNECTION_CLOSED
            && settings.profile() == Profile.RECOMMENDED
            && (again || state.history().cutShort() >= settings.duplicateSessions());
    return inferred
        ? Failure.of(
            FailureKind.DUPLICATE_IDENTITY,
            "session after session was cut off; does a second gateway use this identity?")
        : failure;
  }

  private Step probe(FlowState state, long at) {
    long interval = Times.millis(settings.probeInterval());
    long notBefore =
        Times.within(Times.plus(at, interval), (long) (interval * PAUSE_JITTER), random);
    return Step.to(
        state.enter(Phase.PROBING, at).withHistory(state.history().probing(notBefore)),
        new Action.Probe(state.attempt(), state.assignment()));
  }

  /**
   * Whether the hub's answer over HTTPS is to be believed. A plain 401 is not, before this identity
   * once got a good answer there: certificates signed by a CA were long refused over HTTPS.
   */
  private static boolean confirms(Failure answer, History history) {
    return switch (answer.kind()) {
      case UNAUTHORIZED -> history.answeredOverHttps();
      case HUB_NOT_FOUND, CLOCK_WRONG, OWN_CERTIFICATE_EXPIRED, OWN_CERTIFICATE_NOT_YET_VALID ->
          true;
      default -> answer.provesServerAlive();
    };
  }

  /** All that can be known about the failure is known: draw the consequences. */
  private Step explained(FlowState state, Moment now) {
    long at = now.monotonicMillis();
    Outage outage = state.outage();
    FlowState judged =
        switch (reaction(state)) {
          case COUNT, ASK_WHY -> count(state);
          case REPROVISION -> wantDps(state, Cause.CONFIRMED, at);
          case LOOK_UP -> wantDps(state, Cause.CREDENTIAL_REFUSED, at);
          case ALIVE, UNTIL_MIDNIGHT, LOCAL, PARK, REOPEN ->
              outage.failure().provesServerAlive()
                  ? state.withReprovisioning(state.reprovisioning().hubAlive())
                  : state;
        };
    int parked = needsPerson(state) ? Times.next(outage.parked()) : 0;
    return await(judged.withOutage(outage.withParked(parked)), now);
  }

  private Reaction reaction(FlowState state) {
    return ErrorFilter.reaction(state.outage().failure(), settings);
  }

  /**
   * One more failed attempt that says nothing about the hub being alive. The first failure draws
   * the slot, which may be a loss; but a loss is not a failed reconnection and does not count.
   */
  private FlowState count(FlowState state) {
    Outage outage = state.outage();
    Reprovisioning before = state.reprovisioning();
    Reprovisioning drawn = before.slotAt() == NEVER ? before.slot(slotAfter(outage)) : before;
    return state.withReprovisioning(outage.lost() ? drawn : drawn.count());
  }

  /**
   * Drawn with the same chance as the policy's delay after this failure: where that spreads a
   * fleet, who is early at the hub is early at the provisioning service, too. Two independent draws
   * would leave the service idle at first and flood it later.
   */
  private long slotAfter(Outage outage) {
    Duration width = settings.slotMax().minus(settings.slotMin());
    long opens = Times.plus(outage.lastAt(), settings.slotMin());
    return Times.within(opens, width, new SplittableRandom(outage.seed()));
  }

  private FlowState wantDps(FlowState state, Cause cause, long at) {
    Reprovisioning before = state.reprovisioning();
    return switch (before.cause()) {
      case OPERATOR -> state;
      case SILENCE, NO_ASSIGNMENT ->
          state.withReprovisioning(before.because(cause, withoutGate(before.slotAt(), at)));
      // The slot is drawn once, or one that changes its mind would never come to ask.
      case CREDENTIAL_REFUSED, CONFIRMED ->
          state.withReprovisioning(before.because(cause, before.slotAt()));
    };
  }

  /** The device's place in the queue of its fleet, if it has one that is neither past nor far. */
  private long withoutGate(long slotAt, long at) {
    long ownTurn = slotAt - Times.millis(settings.slotMin());
    long latest = Times.plus(at, settings.confirmedSpread());
    return ownTurn >= at && ownTurn <= latest
        ? ownTurn
        : Times.within(at, settings.confirmedSpread(), random);
  }

  // ---- waiting ------------------------------------------------------------------------------

  /** Waits for the next attempt after the failure in the outage, or goes ahead. */
  private Step await(FlowState state, Moment now) {
    return due(planned(state, now), now.monotonicMillis());
  }

  /** Plans the next attempt; asked again about the same failure, it comes to the same answer. */
  private FlowState planned(FlowState state, Moment now) {
    long at = now.monotonicMillis();
    FlowState waiting;
    if (needsPerson(state)) {
      waiting = parked(state, at);
    } else if (reaction(state) == Reaction.UNTIL_MIDNIGHT) {
      waiting = untilMidnight(state, now);
    } else {
      waiting = backingOff(state, at);
    }
    return waiting.withRetryAt(afterPause(waiting.retryAt(), state.outage()));
  }

  /** What a server asked for is never shortened, and not kept to the millisecond by a fleet. */
  private static long afterPause(long retryAt, Outage outage) {
    long notBefore = outage.notBefore();
    if (retryAt >= notBefore) {
      return retryAt;
    }
    long blur = Math.max(LEAST_BLUR_MILLIS, (long) ((notBefore - outage.lastAt()) * PAUSE_BLUR));
    return Times.within(notBefore, blur, new SplittableRandom(outage.seed()));
  }

  private FlowState backingOff(FlowState state, long at) {
    Outage outage = state.outage();
    RetryDecision decision = policy.decide(outage.request(), new SplittableRandom(outage.seed()));
    if (decision.retry()) {
      return waiting(state, Phase.WAITING, at)
          .withRetryAt(Math.max(at, attemptAt(outage, decision.delay())));
    }
    String why = decision.reason().isEmpty() ? "no retry" : decision.reason();
    long restedAt =
        settings.restAfterLimit().isZero()
            ? NEVER
            : Times.plus(outage.lastAt(), settings.restAfterLimit());
    return waiting(state, Phase.PARKED, at)
        .withOutage(outage.withGaveUp(why))
        .withRetryAt(restedAt);
  }

  private long attemptAt(Outage outage, Duration delay) {
    if (outage.failure().retryAfter() != null) {
      return Times.plus(outage.lastAt(), delay);
    }
    boolean serverError =
        switch (outage.failure().kind()) {
          case SERVER_ERROR, SERVER_UNAVAILABLE -> settings.profile() == Profile.RECOMMENDED;
          default -> false;
        };
    return serverError
        ? Times.plus(outage.lastAt(), afterServerError(delay))
        : Times.plus(outage.delayFrom(), delay);
  }

  private static Duration afterServerError(Duration delay) {
    return delay.compareTo(LEAST_PAUSE_AFTER_SERVER_ERROR) < 0
        ? delay.plus(LEAST_PAUSE_AFTER_SERVER_ERROR)
        : delay;
  }

  private FlowState parked(FlowState state, long at) {
    Outage outage = state.outage();
    Duration delay =
        settings
            .parkedBackoff()
            .delay(outage.parked(), Duration.ZERO, new SplittableRandom(outage.seed()));
    return waiting(state, Phase.PARKED, at).withRetryAt(Times.plus(outage.lastAt(), delay));
  }

  private FlowState untilMidnight(FlowState state, Moment now) {
    long failedAt = state.outage().lastAt();
    RandomGenerator drawn = new SplittableRandom(state.outage().seed());
    long check =
        Times.within(
            Times.plus(failedAt, QUOTA_CHECK_MIN_MILLIS), QUOTA_CHECK_SPREAD_MILLIS, drawn);
    // An answer may arrive a little after 00:00 and still mean the day before.
    long midnight = Times.midnightAfter(state.outage().delayFrom(), now);
    long renewed = Times.within(midnight, settings.quotaSpread(), drawn);
    return waiting(state, Phase.WAITING, now.monotonicMillis())
        .withRetryAt(Math.min(check, renewed));
  }

  /** Waiting began at the failure, also when its delay is computed again. */
  private static FlowState waiting(FlowState state, Phase phase, long at) {
    return state.phase() == phase ? state : state.enter(phase, at);
  }

  /** Whether trying again is of little use before somebody does something. */
  private boolean needsPerson(FlowState state) {
    return switch (reaction(state)) {
      case PARK -> true;
      case REPROVISION, LOOK_UP -> !canProvision(state, settings);
      case COUNT, LOCAL, ALIVE, ASK_WHY, UNTIL_MIDNIGHT, REOPEN -> false;
    };
  }

  /** The moment before which the hub does not want to see the device. */
  private static long pausedUntil(FlowState state) {
    return state.outage().isNone() ? Long.MIN_VALUE : state.outage().notBefore();
  }

  private static long delayBefore(FlowState state) {
    Outage outage = state.outage();
    return outage.isNone() ? 0 : Math.max(0, state.since() - outage.delayFrom());
  }

  // ---- the provisioning service -------------------------------------------------------------

  private static boolean canProvision(FlowState state, Settings settings) {
    return settings.provisioned() && state.provisionerPresent();
  }

  /** When the provisioning service will be asked; {@link FlowState#NEVER} as things stand. */
  static long dpsDueAt(FlowState state, Settings settings) {
    if (!canProvision(state, settings)) {
      return NEVER;
    }
    Reprovisioning dps = state.reprovisioning();
    boolean holds = dps.cause() != Cause.SILENCE || silenceHolds(state, settings);
    return holds ? dps.dueAt() : NEVER;
  }

  /** Whether the hub has been silent for often enough, and still is as far as can be seen. */
  private static boolean silenceHolds(FlowState state, Settings settings) {
    if (state.reprovisioning().counted() < settings.failuresBeforeDps()
        || settings.mode() == ProvisioningMode.ON_ERROR_ONLY
        || !state.gaveUp().isEmpty()) {
      return false;
    }
    return switch (ErrorFilter.reaction(state.outage().failure(), settings)) {
      case COUNT, ASK_WHY -> true;
      case LOCAL, ALIVE, REPROVISION, LOOK_UP, PARK, UNTIL_MIDNIGHT, REOPEN -> false;
    };
  }

  private Step provision(FlowState state, long at) {
    Reprovisioning dps = state.reprovisioning();
    boolean register =
        switch (dps.cause()) {
          case CONFIRMED, NO_ASSIGNMENT, OPERATOR -> true;
          case SILENCE, CREDENTIAL_REFUSED -> dps.occasions() + 1 >= settings.registerAtOccasion();
        };
    Step asking = ask(state, register ? Operation.REGISTER : Operation.LOOKUP, at);
    return state.phase() == Phase.CONNECTED ? closeAnd(state, true, asking) : asking;
  }

  private static Step ask(FlowState state, Operation operation, long at) {
    FlowState asking = keepPlan(state, abandon(state).enter(Phase.PROVISIONING, at));
    return Step.to(asking, new Action.Provision(asking.attempt(), request(state, operation)));
  }

  /**
   * The attempt that was planned stays planned; a session that is given up is opened anew at once.
   */
  private static FlowState keepPlan(FlowState state, FlowState asking) {
    if (state.phase() == Phase.CONNECTED) {
      return asking.hurriedTo(Long.MIN_VALUE);
    }
    return planned(asking, state.retryAt(), state.hurried());
  }

  private static FlowState planned(FlowState state, long retryAt, boolean hurried) {
    return hurried ? state.hurriedTo(retryAt) : state.withRetryAt(retryAt);
  }

  private static ProvisioningRequest request(FlowState state, Operation operation) {
    Cause cause = state.reprovisioning().cause();
    String reason =
        switch (cause) {
          case SILENCE -> state.reprovisioning().counted() + " failures in a row";
          case CREDENTIAL_REFUSED, CONFIRMED -> state.outage().failure().words();
          case NO_ASSIGNMENT ->
              state.assignment() == null ? "no hub is known yet" : "always on start-up";
          case OPERATOR -> "an operator asked for it";
        };
    return new ProvisioningRequest(operation, reason, cause == Cause.OPERATOR);
  }

  private Step provisioned(FlowState state, Event.Provisioned event, long at) {
    if (event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    ProvisioningResult result = event.result();
    if (state.phase() != Phase.PROVISIONING) {
      return late(state, result);
    }
    if (result instanceof ProvisioningResult.Assigned assigned) {
      return assigned(state, assigned.assignment(), at);
    } else if (result instanceof ProvisioningResult.Failed failed) {
      return notProvisioned(state, failed.failure(), event.at());
    }
    return ask(state, Operation.REGISTER, at);
  }

  /** The user disconnected in the meantime; the answer was paid for and serves the next start. */
  private static Step late(FlowState state, ProvisioningResult result) {
    return state.phase() == Phase.STOPPED && result instanceof ProvisioningResult.Assigned assigned
        ? Step.to(state.withAssignment(assigned.assignment()))
        : Step.to(state);
  }

  private Step assigned(FlowState state, Assignment assignment, long at) {
    FlowState told = state.withHistory(state.history().registered()).withAssignment(assignment);
    Assignment before = state.assignment();
    return before != null && before.sameTarget(assignment)
        ? sameHubAgain(told, at)
        : moved(told, at);
  }

  /**
   * Off to another hub. Whether that is the cure shows when it takes the device; two hubs that send
   * it to and fro must not make a loop.
   */
  private Step moved(FlowState state, long at) {
    Reprovisioning dps = state.reprovisioning();
    Reprovisioning rested = dps.inVain(Times.plus(at, pause(dps)), false);
    return open(
        state
            .withOutage(Outage.NONE)
            .withReprovisioning(wishCameLater(state) ? dps : rested.startOver()),
        at);
  }

  /**
   * The service named the hub that did not answer: not cured, so it is left alone for longer each
   * time. A registration may still have helped, by creating the device anew, so the hub is tried.
   */
  private Step sameHubAgain(FlowState state, long at) {
    if (wishCameLater(state)) {
      return afterProvisioning(state, at);
    }
    Reprovisioning dps = state.reprovisioning();
    Reprovisioning rested = dps.inVain(Times.plus(at, pause(dps)), false);
    return switch (dps.cause()) {
      case CONFIRMED, NO_ASSIGNMENT, OPERATOR ->
          afterProvisioning(
              state
                  .withOutage(state.outage().reasonGone())
                  .withReprovisioning(rested.startOver())
                  .withRetryAt(Long.MIN_VALUE),
              at);
      case SILENCE, CREDENTIAL_REFUSED ->
          afterProvisioning(state.withReprovisioning(countOver(rested)), at);
    };
  }

  /**
   * The guidance starts counting again after each reprovisioning; the recommended profile waits.
   */
  private Reprovisioning countOver(Reprovisioning dps) {
    return settings.profile() == Profile.DOCUMENTED ? dps.countOver() : dps;
  }

  /** An operator asked for it while a question was under way for another reason. */
  private static boolean wishCameLater(FlowState state) {
    Reprovisioning dps = state.reprovisioning();
    return dps.cause() == Cause.OPERATOR && dps.slotAt() > state.since();
  }

  private Step notProvisioned(FlowState state, Failure failure, Moment now) {
    long at = now.monotonicMillis();
    FlowState rested = state.withReprovisioning(rest(state, failure, at));
    if (hubUnknown(state)) {
      Outage outage = state.outage().attemptFailed(at, at, 0, random.nextInt(), failure);
      return afterProvisioning(rested.withOutage(outage), at);
    }
    Cause cause = state.reprovisioning().cause();
    boolean hopeless =
        !failure.recoverable() && (cause == Cause.CONFIRMED || cause == Cause.CREDENTIAL_REFUSED);
    if (!hopeless) {
      return afterProvisioning(rested, at);
    }
    Outage told = state.outage().unhelped(failure, at);
    return await(rested.withOutage(told.withParked(Times.next(told.parked()))), now);
  }

  private Reprovisioning rest(FlowState state, Failure failure, long at) {
    Reprovisioning dps = state.reprovisioning();
    boolean owed = failure.retryAfter() != null;
    Duration wait = failure.honourRetryAfter(pause(dps), random);
    return switch (failure.kind()) {
      case PROVISIONING_BUDGET_EMPTY -> wishOver(state, dps.resting(Times.plus(at, wait)), at);
      case SERVER_ERROR, SERVER_UNAVAILABLE ->
          dps.inVain(Times.plus(at, afterServerError(wait)), owed);
      default -> {
        Reprovisioning rested = dps.inVain(Times.plus(at, wait), owed);
        yield failure.recoverable() ? rested : wishOver(state, rested, at);
      }
    };
  }

  /** An operator's wish that cannot come true is over; asking again is up to the operator. */
  private Reprovisioning wishOver(FlowState state, Reprovisioning dps, long at) {
    if (dps.cause() != Cause.OPERATOR || wishCameLater(state)) {
      return dps;
    }
    return hubUnknown(state) ? dps.because(Cause.NO_ASSIGNMENT, at) : dps.startOver();
  }

  /** Back to the hub if one is known; else the service itself is what is waited for. */
  private Step afterProvisioning(FlowState state, long at) {
    if (hubUnknown(state)) {
      boolean parked = !state.outage().isNone() && needsPerson(state);
      return due(state.enter(parked ? Phase.PARKED : Phase.WAITING_FOR_DPS, at), at);
    }
    boolean gaveUp = !state.gaveUp().isEmpty();
    boolean parked = gaveUp || (!state.outage().isNone() && needsPerson(state));
    long wanted = state.retryAt() == NEVER && !gaveUp ? at : state.retryAt();
    FlowState waiting = state.enter(parked ? Phase.PARKED : Phase.WAITING, at);
    long next = Math.max(wanted, pausedUntil(state));
    return due(planned(waiting, next, state.hurried()), at);
  }

  private Duration pause(Reprovisioning dps) {
    return settings.dpsBackoff().delay(Times.next(dps.failures()), Duration.ZERO, random);
  }
}
