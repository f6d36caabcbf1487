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
import java.util.Objects;
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

  /** Microsoft's reprovisioning guidance: after a 5xx the first retry comes after 5 s or more. */
  private static final Duration LEAST_PAUSE_AFTER_SERVER_ERROR = Duration.ofSeconds(5);

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
        long stableAt =
            forgotten(state) ? NEVER : Times.plus(state.since(), settings.stableAfter());
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
      return provisioned(state, provisioned.result(), at);
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
      return hurry(state, Times.within(at, wish.spreadMillis(), random), at);
    } else if (event instanceof Event.ReprovisionRequested wish) {
      return reprovisionRequested(state, Times.within(at, wish.spreadMillis(), random), at);
    }
    throw new IllegalArgumentException("unknown event " + event);
  }

  private Step connectRequested(FlowState state, long at) {
    return switch (state.phase()) {
      case STOPPED -> start(state, at);
      case WAITING, WAITING_FOR_DPS, PARKED -> hurry(state, at, at);
      case CONNECTING, CONNECTED, PROBING, PROVISIONING -> Step.to(state);
    };
  }

  private Step disconnectRequested(FlowState state, long at) {
    FlowState stopped =
        state
            .enter(Phase.STOPPED, at)
            .withOutage(Outage.NONE)
            .withReprovisioning(Reprovisioning.NONE.resting(state.reprovisioning().notBefore()));
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
    return state.retryAt() <= at ? open(state, at) : Step.to(state);
  }

  private Step connected(FlowState state, Event.Connected event, long at) {
    if (state.phase() != Phase.CONNECTING || event.attempt() != state.attempt()) {
      return Step.to(state, new Action.Close(event.attempt(), false));
    }
    return Step.to(
        state
            .enter(Phase.CONNECTED, at)
            .withRetryAt(Times.plus(at, event.renewInMillis()))
            .withReprovisioning(state.reprovisioning().accepted()));
  }

  private Step attemptFailed(FlowState state, Event.AttemptFailed event) {
    if (state.phase() != Phase.CONNECTING || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    long at = event.at().monotonicMillis();
    Outage outage =
        state
            .outage()
            .attemptFailed(
                at, state.since(), delayBefore(state), random.nextLong(), event.failure());
    return failed(state.withOutage(outage), event.at());
  }

  private Step connectionLost(FlowState state, Event.ConnectionLost event) {
    if (state.phase() != Phase.CONNECTED || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    long at = event.at().monotonicMillis();
    FlowState stable = forgetIfStable(state, at);
    if (event.failure().kind() == FailureKind.TOKEN_EXPIRED && stable.outage().isNone()) {
      return open(stable.enter(Phase.WAITING, at), at);
    }
    FlowState counted = countIfCutShort(stable, event.failure(), at);
    Outage outage =
        counted
            .outage()
            .sessionLost(
                at,
                event.quietMillis(),
                random.nextLong(),
                inferDuplicate(counted.history(), event.failure()));
    return failed(counted.withOutage(outage), event.at());
  }

  private Step probed(FlowState state, Event.Probed event) {
    if (state.phase() != Phase.PROBING || event.attempt() != state.attempt()) {
      return Step.to(state);
    }
    Failure answer = event.failure();
    if (answer == null) {
      FlowState alive =
          state
              .withHistory(state.history().answered())
              .withReprovisioning(state.reprovisioning().hubAlive());
      return await(alive, event.at());
    }
    if (!confirms(answer, state.history())) {
      return await(state, event.at());
    }
    return explained(state.withOutage(state.outage().explained(answer)), event.at());
  }

  private Step provisionerChanged(FlowState state, Event.ProvisionerChanged event, long at) {
    boolean adopts = settings.provisioned() && state.assignment() == null;
    FlowState now =
        state
            .withProvisioner(event.present())
            .withAssignment(adopts ? event.cached() : state.assignment());
    return switch (state.phase()) {
      case STOPPED, CONNECTING, CONNECTED, PROBING -> Step.to(now);
      case WAITING_FOR_DPS -> start(askSoon(now, at), at);
      case PROVISIONING -> event.present() ? Step.to(now) : interrupted(now, at);
      case WAITING, PARKED -> due(askSoon(now, at), at);
    };
  }

  /** Whatever made the service rest may have changed, but not a pause that it asked for itself. */
  private FlowState askSoon(FlowState state, long at) {
    Reprovisioning dps = state.reprovisioning();
    long soon = Times.within(at, settings.hintSpread(), random);
    long allowed = state.outage().isNone() ? soon : Math.max(soon, state.outage().notBefore());
    return dps.notBefore() <= allowed ? state : state.withReprovisioning(dps.resting(allowed));
  }

  /** The provisioner went away in the middle of its work. */
  private Step interrupted(FlowState state, long at) {
    FlowState waiting =
        state.withReprovisioning(
            state.reprovisioning().resting(Times.within(at, settings.hintSpread(), random)));
    return afterProvisioning(waiting, at);
  }

  private Step policyChanged(FlowState state, Moment now) {
    boolean waits =
        state.phase() == Phase.WAITING
            || (state.phase() == Phase.PARKED && !state.gaveUp().isEmpty());
    return waits && !state.outage().isNone()
        ? await(state.withOutage(state.outage().withGaveUp("")), now)
        : Step.to(state);
  }

  private Step targetChanged(FlowState state, @Nullable Assignment cached, long at) {
    FlowState fresh =
        state
            .enter(state.phase(), at)
            .withOutage(Outage.NONE)
            .withReprovisioning(Reprovisioning.NONE.resting(state.reprovisioning().notBefore()))
            .withHistory(History.NONE)
            .withAssignment(settings.provisioned() ? cached : null);
    return switch (state.phase()) {
      case STOPPED -> Step.to(fresh);
      case CONNECTING, PROBING -> closeAnd(state, false, start(fresh, at));
      case CONNECTED -> closeAnd(state, true, start(fresh, at));
      case WAITING, WAITING_FOR_DPS, PROVISIONING, PARKED -> start(fresh, at);
    };
  }

  private Step hinted(FlowState state, Hint hint, long at) {
    boolean pointless =
        (state.phase() == Phase.CONNECTED && !hint.concernsSession())
            || (!state.gaveUp().isEmpty() && hint != Hint.CONFIGURATION_CHANGED);
    return pointless
        ? Step.to(state)
        : hurry(state, Times.within(at, settings.hintSpread(), random), at);
  }

  /** Brings the next attempt forward, though never into a pause that the server asked for. */
  private Step hurry(FlowState state, long when, long at) {
    return switch (state.phase()) {
      case STOPPED, CONNECTING, PROBING, PROVISIONING -> Step.to(state);
      case CONNECTED -> due(state.withRetryAt(Math.min(state.retryAt(), when)), at);
      case WAITING_FOR_DPS -> due(askSoon(state, at), at);
      case WAITING, PARKED -> {
        if (settings.provisioned() && state.assignment() == null) {
          yield due(askSoon(state, at), at);
        }
        Outage outage = state.outage();
        long allowed = outage.isNone() ? when : Math.max(when, outage.notBefore());
        FlowState sooner =
            state.withOutage(outage.gaveUp().isEmpty() ? outage.withParked(0) : Outage.NONE);
        yield due(sooner.withRetryAt(Math.min(state.retryAt(), allowed)), at);
      }
    };
  }

  private Step reprovisionRequested(FlowState state, long when, long at) {
    if (!settings.provisioned() || state.phase() == Phase.STOPPED) {
      return Step.to(state);
    }
    Reprovisioning wanted =
        new Reprovisioning(
            Cause.OPERATOR, state.reprovisioning().counted(), when, Long.MIN_VALUE, 0, 0);
    FlowState asked = state.withReprovisioning(wanted);
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
    long slotAt = Times.within(at, settings.confirmedSpread(), random);
    FlowState waiting =
        state
            .enter(Phase.WAITING_FOR_DPS, at)
            .withReprovisioning(state.reprovisioning().because(Cause.NO_ASSIGNMENT, slotAt));
    return due(waiting, at);
  }

  private Step open(FlowState state, long at) {
    if (settings.provisioned() && state.assignment() == null) {
      return start(state, at);
    }
    long attempt = state.attempt() + 1;
    FlowState connecting = state.enter(Phase.CONNECTING, at).withAttempt(attempt);
    Action open = new Action.Open(attempt, state.assignment());
    return state.phase() == Phase.CONNECTED
        ? Step.to(connecting, new Action.Close(state.attempt(), true), open)
        : Step.to(connecting, open);
  }

  private static Step closeAnd(FlowState old, boolean drain, Step then) {
    Action close = new Action.Close(old.attempt(), drain);
    return then.actions().isEmpty()
        ? Step.to(then.state(), close)
        : Step.to(then.state(), close, then.actions().get(0));
  }

  // ---- failures -----------------------------------------------------------------------------

  private FlowState forgetIfStable(FlowState state, long at) {
    boolean stable = at >= Times.plus(state.since(), settings.stableAfter());
    return stable && !forgotten(state)
        ? state.withOutage(Outage.NONE).withReprovisioning(keepOperatorsWish(state))
        : state;
  }

  private static boolean forgotten(FlowState state) {
    return state.outage().isNone() && state.reprovisioning().equals(keepOperatorsWish(state));
  }

  private static Reprovisioning keepOperatorsWish(FlowState state) {
    return state.reprovisioning().cause() == Cause.OPERATOR
        ? state.reprovisioning()
        : Reprovisioning.NONE;
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
  private Failure inferDuplicate(History history, Failure failure) {
    boolean inferred =
        failure.kind() == FailureKind.CONNECTION_CLOSED
            && settings.profile() == Profile.RECOMMENDED
            && history.cutShort() >= settings.duplicateSessions();
    return inferred
        ? Failure.of(
            FailureKind.DUPLICATE_IDENTITY,
            history.cutShort()
                + " sessions in a row were cut off; does a second gateway use this identity?")
        : failure;
  }

  /** A new failure stands in the outage: find out why, ask the provisioning service, or wait. */
  private Step failed(FlowState state, Moment now) {
    boolean askable =
        reaction(state) == Reaction.ASK_WHY
            && now.monotonicMillis() >= state.history().probeNotBefore();
    return askable ? probe(state, now) : explained(state, now);
  }

  private Step probe(FlowState state, Moment now) {
    long at = now.monotonicMillis();
    long interval = settings.probeInterval().toMillis();
    long notBefore =
        Times.within(Times.plus(at, interval), (long) (interval * PAUSE_JITTER), random);
    FlowState counted = count(state, now.monotonicMillis());
    return Step.to(
        counted.enter(Phase.PROBING, at).withHistory(state.history().probing(notBefore)),
        new Action.Probe(state.attempt(), state.assignment()));
  }

  /**
   * Whether the hub's answer over HTTPS is to be believed. A plain 401 is not, before this identity
   * once got a good answer there: certificates signed by a CA were long refused over HTTPS.
   */
  private static boolean confirms(Failure answer, History history) {
    return switch (answer.kind()) {
      case UNAUTHORIZED -> history.answeredOverHttps();
      case HUB_NOT_FOUND,
          DEVICE_NOT_FOUND,
          DEVICE_DISABLED,
          QUOTA_EXCEEDED,
          HUB_SUSPENDED,
          FORBIDDEN,
          HUB_FAILING_OVER,
          THROTTLED,
          SERVICE_MAINTENANCE,
          CLOCK_WRONG,
          DUPLICATE_IDENTITY,
          OWN_CERTIFICATE_EXPIRED,
          OWN_CERTIFICATE_NOT_YET_VALID ->
          true;
      default -> answer.provesServerAlive();
    };
  }

  private Step explained(FlowState state, Moment now) {
    long at = now.monotonicMillis();
    boolean wasCounted = state.phase() == Phase.PROBING;
    Reaction reaction = reaction(state);
    FlowState judged =
        switch (reaction) {
          case COUNT, ASK_WHY -> wasCounted ? state : count(state, at);
          case ALIVE, UNTIL_MIDNIGHT -> state.withReprovisioning(state.reprovisioning().hubAlive());
          case REPROVISION -> wantDps(state, Cause.CONFIRMED, at);
          case LOOK_UP -> wantDps(state, Cause.CREDENTIAL_REFUSED, at);
          case LOCAL, PARK, REOPEN -> state;
        };
    return await(judged, now);
  }

  private Reaction reaction(FlowState state) {
    return ErrorFilter.reaction(state.outage().failure(), settings);
  }

  /** One more failure that says nothing about the hub being alive; the first one draws the slot. */
  private FlowState count(FlowState state, long at) {
    Reprovisioning before = state.reprovisioning();
    long slotAt = before.slotAt();
    if (before.counted() == 0 && slotAt == NEVER) {
      Duration width = settings.slotMax().minus(settings.slotMin());
      slotAt = Times.within(Times.plus(at, settings.slotMin()), width, random);
    }
    return state.withReprovisioning(before.count(slotAt));
  }

  private FlowState wantDps(FlowState state, Cause cause, long at) {
    Reprovisioning before = state.reprovisioning();
    if (before.cause() == cause || before.cause() == Cause.OPERATOR) {
      return state;
    }
    long slotAt = Times.within(at, settings.confirmedSpread(), random);
    return state.withReprovisioning(before.because(cause, slotAt));
  }

  // ---- waiting ------------------------------------------------------------------------------

  /** Plans the next attempt after the failure in the outage, and waits or goes ahead. */
  private Step await(FlowState state, Moment now) {
    long at = now.monotonicMillis();
    Outage outage = state.outage();
    FlowState waiting =
        switch (reaction(state)) {
          case PARK -> parked(state, at);
          case REPROVISION, LOOK_UP ->
              canProvision(state, settings) ? backingOff(state, at) : parked(state, at);
          case UNTIL_MIDNIGHT -> untilMidnight(state, now);
          case REOPEN, COUNT, LOCAL, ALIVE, ASK_WHY -> backingOff(state, at);
        };
    long allowed = Math.max(waiting.retryAt(), outage.notBefore());
    return due(waiting.withRetryAt(allowed), at);
  }

  private FlowState backingOff(FlowState state, long at) {
    Outage outage = state.outage().withParked(0);
    RetryDecision decision = policy.decide(outage.request(), new SplittableRandom(outage.seed()));
    if (decision.retry()) {
      long dueAt = Times.plus(outage.delayFrom(), decision.delay());
      return waiting(state, Phase.WAITING, at).withOutage(outage).withRetryAt(Math.max(at, dueAt));
    }
    Outage over = outage.withGaveUp(decision.reason().isEmpty() ? "no retry" : decision.reason());
    long restedAt =
        settings.restAfterLimit().isZero()
            ? NEVER
            : Times.plus(outage.lastAt(), settings.restAfterLimit());
    return waiting(state, Phase.PARKED, at).withOutage(over).withRetryAt(restedAt);
  }

  private FlowState parked(FlowState state, long at) {
    Outage outage = state.outage().withParked(state.outage().parked() + 1);
    Duration delay =
        settings
            .parkedBackoff()
            .delay(outage.parked(), Duration.ZERO, new SplittableRandom(outage.seed()));
    return waiting(state, Phase.PARKED, at)
        .withOutage(outage)
        .withRetryAt(Times.plus(outage.lastAt(), delay));
  }

  private FlowState untilMidnight(FlowState state, Moment now) {
    RandomGenerator drawn = new SplittableRandom(state.outage().seed());
    long at = now.monotonicMillis();
    long check =
        Times.within(
            Times.plus(state.outage().lastAt(), QUOTA_CHECK_MIN_MILLIS),
            QUOTA_CHECK_SPREAD_MILLIS,
            drawn);
    long renewed = Times.within(Times.nextMidnight(now), settings.quotaSpread(), drawn);
    return waiting(state, Phase.WAITING, at)
        .withOutage(state.outage().withParked(0))
        .withRetryAt(Math.min(check, renewed));
  }

  /** Waiting began at the failure, also when its delay is computed again. */
  private static FlowState waiting(FlowState state, Phase phase, long at) {
    return state.phase() == phase ? state : state.enter(phase, at);
  }

  private static long delayBefore(FlowState state) {
    Outage outage = state.outage();
    return outage.isNone() ? 0 : Math.max(0, state.since() - outage.delayFrom());
  }

  // ---- the provisioning service -------------------------------------------------------------

  private static boolean canProvision(FlowState state, Settings settings) {
    return settings.provisioned() && state.provisionerPresent();
  }

  private static long dpsDueAt(FlowState state, Settings settings) {
    if (!canProvision(state, settings)) {
      return NEVER;
    }
    Reprovisioning dps = state.reprovisioning();
    boolean bySilence = dps.cause() == Cause.SILENCE;
    boolean enough =
        dps.counted() >= settings.failuresBeforeDps()
            && settings.mode() != ProvisioningMode.ON_ERROR_ONLY
            && state.gaveUp().isEmpty();
    return bySilence && !enough ? NEVER : dps.dueAt();
  }

  private Step provision(FlowState state, long at) {
    Reprovisioning dps = state.reprovisioning();
    boolean register =
        switch (dps.cause()) {
          case CONFIRMED, NO_ASSIGNMENT, OPERATOR -> true;
          case SILENCE, CREDENTIAL_REFUSED -> dps.occasions() + 1 >= settings.registerAtOccasion();
        };
    Action ask = request(state, register ? Operation.REGISTER : Operation.LOOKUP);
    FlowState asking = state.enter(Phase.PROVISIONING, at).withRetryAt(wakeAfter(state));
    return state.phase() == Phase.CONNECTED
        ? Step.to(asking, new Action.Close(state.attempt(), true), ask)
        : Step.to(asking, ask);
  }

  /**
   * The attempt that was planned stays planned; a session that is given up is opened anew at once.
   */
  private static long wakeAfter(FlowState state) {
    return state.phase() == Phase.CONNECTED ? Long.MIN_VALUE : state.retryAt();
  }

  private Action request(FlowState state, Operation operation) {
    Cause cause = state.reprovisioning().cause();
    String reason =
        switch (cause) {
          case SILENCE -> state.reprovisioning().counted() + " failures in a row";
          case CREDENTIAL_REFUSED, CONFIRMED -> state.outage().failure().words();
          case NO_ASSIGNMENT ->
              state.assignment() == null ? "no hub is known yet" : "always on start-up";
          case OPERATOR -> "an operator asked for it";
        };
    return new Action.Provision(
        new ProvisioningRequest(operation, reason, cause == Cause.OPERATOR));
  }

  private Step provisioned(FlowState state, ProvisioningResult result, long at) {
    if (state.phase() != Phase.PROVISIONING) {
      return late(state, result);
    }
    if (result instanceof ProvisioningResult.Assigned assigned) {
      return assigned(state, assigned.assignment(), at);
    } else if (result instanceof ProvisioningResult.Failed failed) {
      return notProvisioned(state, failed.failure(), at);
    }
    return Step.to(state, request(state, Operation.REGISTER));
  }

  /** The answer to a question that was given up in the meantime: kept for the next start. */
  private static Step late(FlowState state, ProvisioningResult result) {
    return state.phase() == Phase.STOPPED && result instanceof ProvisioningResult.Assigned assigned
        ? Step.to(state.withAssignment(assigned.assignment()))
        : Step.to(state);
  }

  private Step assigned(FlowState state, Assignment assignment, long at) {
    FlowState registered = state.withHistory(state.history().registered());
    Assignment before = state.assignment();
    if (before == null || !before.sameTarget(assignment)) {
      return open(
          registered
              .withAssignment(assignment)
              .withOutage(Outage.NONE)
              .withReprovisioning(Reprovisioning.NONE),
          at);
    }
    return sameHubAgain(registered.withAssignment(assignment), at);
  }

  /**
   * The service named the hub that did not answer: not cured, so it is left alone for longer each
   * time. A registration may still have helped, by creating the device anew, so the hub is tried.
   */
  private Step sameHubAgain(FlowState state, long at) {
    Reprovisioning dps = state.reprovisioning();
    boolean tryHub =
        switch (dps.cause()) {
          case CONFIRMED, NO_ASSIGNMENT, OPERATOR -> true;
          case SILENCE, CREDENTIAL_REFUSED -> false;
        };
    Reprovisioning rested = dps.inVain(Times.plus(at, pause(dps)));
    FlowState waiting = state.withReprovisioning(tryHub ? rested.startOver() : countOver(rested));
    return afterProvisioning(tryHub ? waiting.withRetryAt(at) : waiting, at);
  }

  /**
   * The guidance starts counting again after each reprovisioning; the recommended profile waits.
   */
  private Reprovisioning countOver(Reprovisioning dps) {
    return settings.profile() == Profile.DOCUMENTED ? dps.startOver() : dps;
  }

  private Step notProvisioned(FlowState state, Failure failure, long at) {
    Reprovisioning dps = state.reprovisioning();
    FlowState rested = state.withReprovisioning(rest(dps, failure, at));
    boolean hopeless =
        !failure.recoverable()
            && (dps.cause() == Cause.CONFIRMED || dps.cause() == Cause.CREDENTIAL_REFUSED);
    if (state.assignment() == null) {
      Outage outage = state.outage().attemptFailed(at, at, 0, random.nextLong(), failure);
      return afterProvisioning(rested.withOutage(outage), at);
    }
    return hopeless
        ? due(parked(rested.withOutage(state.outage().explained(failure)), at), at)
        : afterProvisioning(rested, at);
  }

  private Reprovisioning rest(Reprovisioning dps, Failure failure, long at) {
    Duration retryAfter = Objects.requireNonNullElse(failure.retryAfter(), Duration.ZERO);
    Duration own = pause(dps);
    return switch (failure.kind()) {
      case PROVISIONING_BUDGET_EMPTY -> dps.resting(Times.plus(at, retryAfter));
      case THROTTLED -> dps.inVain(Times.plus(Times.plus(at, retryAfter), own));
      case SERVER_ERROR ->
          dps.inVain(Times.plus(at, max(max(retryAfter, own), LEAST_PAUSE_AFTER_SERVER_ERROR)));
      default -> dps.inVain(Times.plus(at, max(retryAfter, own)));
    };
  }

  /** Back to the hub if one is known; else the service itself is what is waited for. */
  private Step afterProvisioning(FlowState state, long at) {
    long retryAt = state.retryAt();
    if (state.assignment() == null) {
      boolean needsPerson = !state.outage().isNone() && reaction(state) == Reaction.PARK;
      return due(state.enter(needsPerson ? Phase.PARKED : Phase.WAITING_FOR_DPS, at), at);
    }
    boolean planned = retryAt != NEVER || !state.outage().isNone();
    FlowState waiting = state.enter(phaseOfOutage(state), at);
    return due(waiting.withRetryAt(planned ? retryAt : at), at);
  }

  private Phase phaseOfOutage(FlowState state) {
    boolean parked = !state.gaveUp().isEmpty() || state.outage().parked() > 0;
    return parked ? Phase.PARKED : Phase.WAITING;
  }

  private Duration pause(Reprovisioning dps) {
    return settings.dpsBackoff().delay(dps.failures() + 1, Duration.ZERO, random);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
