/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import io.rejoin.fleet.simulation.Conditions.Fate;
import io.rejoin.fleet.simulation.Conditions.Refusals;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.Action;
import io.rejoin.reconnect.Event;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.ReconnectFlow;
import io.rejoin.reconnect.Settings;
import io.rejoin.reconnect.Step;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** Gateways: each device is driven by the very flow that drives a gateway. */
final class FlowDevices implements Devices {

  /** A loss that takes longer to spread was not announced: only the keep-alive showed it. */
  private static final double SILENT_LOSS_SECONDS = 10;

  private static final Assignment HUB = assignment("hub.example.net");
  private static final Assignment NEW_HUB = assignment("new-hub.example.net");

  private static final Failure CLOSED = Failure.of(FailureKind.CONNECTION_CLOSED, "");
  private static final Failure SILENT = Failure.of(FailureKind.CONNECTION_SILENT, "");
  private static final Failure TIMED_OUT = Failure.of(FailureKind.TIMED_OUT, "");
  private static final Failure REFUSED = Failure.of(FailureKind.REFUSED, "");
  private static final Failure BUSY = Failure.of(FailureKind.SERVER_UNAVAILABLE, "");
  private static final Failure THROTTLED =
      new Failure(FailureKind.THROTTLED, "", 429, 429001, null);
  private static final Failure QUOTA =
      new Failure(FailureKind.QUOTA_EXCEEDED, "", 403, 403002, null);
  private static final Failure GONE = new Failure(FailureKind.HUB_NOT_FOUND, "", 401, 401001, null);
  private static final ProvisioningResult DPS_THROTTLED =
      new ProvisioningResult.Failed(
          new Failure(FailureKind.THROTTLED, "", 429, 429001, World.DPS_RETRY_AFTER));

  private final World world;
  private final RetryPolicy policy;
  private final Settings settings;
  private final SplittableRandom random;
  private final PackedStates states;

  FlowDevices(World world, RetryPolicy policy, Settings settings, SplittableRandom random) {
    this.world = world;
    this.policy = policy;
    this.settings = settings;
    this.random = random;
    this.states = new PackedStates(world.conditions().devices());
    FlowState connected = longConnected();
    for (int device = 0; device < world.conditions().devices(); device++) {
      states.put(device, connected);
    }
  }

  @Override
  public long bytes() {
    return states.bytes();
  }

  @Override
  public boolean told(long now, Signal signal, int device) {
    FlowState before = states.get(device);
    Step step = ReconnectFlow.next(before, eventOf(now, signal, before), policy, settings, random);
    FlowState after = step.state();
    states.put(device, after);
    if (!carryOut(step.actions(), now, device, after)) {
      long timer = ReconnectFlow.timerAt(after, settings);
      if (timer != FlowState.NEVER) {
        world.tellLater(Math.max(now, timer), Signal.TIMER, device);
      }
    }
    return signal == Signal.ACCEPTED;
  }

  /** Whether an outcome is to be waited for. */
  private boolean carryOut(List<Action> actions, long now, int device, FlowState state) {
    boolean waits = false;
    for (Action action : actions) {
      boolean toNewHub = state.assignment() == NEW_HUB;
      if (action instanceof Action.Open) {
        world.connect(now, device, toNewHub);
        waits = true;
      } else if (action instanceof Action.Probe) {
        world.probe(now, device, toNewHub);
        waits = true;
      } else if (action instanceof Action.Provision ask) {
        if (ask.request().operation() == Operation.LOOKUP) {
          world.lookUp(now, device);
        } else {
          world.register(now, device);
        }
        waits = true;
      }
    }
    return waits;
  }

  private Event eventOf(long now, Signal signal, FlowState state) {
    Moment at = new Moment(now, world.wallMillis(now));
    long attempt = state.attempt();
    return switch (signal) {
      case LOST -> lost(at, attempt);
      case TIMER -> new Event.TimerElapsed(at);
      case ACCEPTED -> new Event.Connected(at, attempt, FlowState.NEVER);
      case REFUSED -> new Event.AttemptFailed(at, attempt, refusal());
      case SILENCE -> new Event.AttemptFailed(at, attempt, TIMED_OUT);
      case PROBE_THROTTLED -> new Event.Probed(at, attempt, THROTTLED);
      case PROBE_QUOTA -> new Event.Probed(at, attempt, QUOTA);
      case PROBE_GONE -> new Event.Probed(at, attempt, GONE);
      case PROBE_SILENCE -> new Event.Probed(at, attempt, TIMED_OUT);
      case LOOKED_UP ->
          assigned(
              at,
              attempt,
              Objects.requireNonNull(state.assignment(), "no registration to look up"));
      case REGISTERED -> assigned(at, attempt, world.conditions().fate().isFinal() ? NEW_HUB : HUB);
      case DPS_THROTTLED -> new Event.Provisioned(at, attempt, DPS_THROTTLED);
    };
  }

  private Event lost(Moment at, long attempt) {
    double spread = world.conditions().detectionSpreadSeconds();
    return spread > SILENT_LOSS_SECONDS
        ? new Event.ConnectionLost(at, attempt, SILENT, Math.round(1000 * spread))
        : new Event.ConnectionLost(at, attempt, CLOSED, 0);
  }

  private Failure refusal() {
    boolean busy =
        world.conditions().refusals() == Refusals.BUSY && world.conditions().fate() == Fate.RETURNS;
    return busy ? BUSY : REFUSED;
  }

  private static Event assigned(Moment at, long attempt, Assignment assignment) {
    return new Event.Provisioned(at, attempt, new ProvisioningResult.Assigned(assignment));
  }

  /** A device that has been connected for long, as the flow itself gets there. */
  private FlowState longConnected() {
    FlowState state = FlowState.INITIAL;
    Moment start = new Moment(0, world.wallMillis(0));
    boolean provisioned = world.conditions().provisioned();
    state = next(state, new Event.ProvisionerChanged(start, provisioned, provisioned ? HUB : null));
    state = next(state, new Event.ConnectRequested(start));
    state = next(state, new Event.Connected(start, state.attempt(), FlowState.NEVER));
    long stable = ReconnectFlow.timerAt(state, settings);
    return stable == FlowState.NEVER
        ? state
        : next(state, new Event.TimerElapsed(new Moment(stable, world.wallMillis(stable))));
  }

  private FlowState next(FlowState state, Event event) {
    return ReconnectFlow.next(state, event, policy, settings, random).state();
  }

  private static Assignment assignment(String hub) {
    return new Assignment(hub, "device", Instant.EPOCH, "", "");
  }
}
