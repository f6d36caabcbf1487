/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkFactory;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.Action;
import io.rejoin.reconnect.Event;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.ReconnectFlow;
import io.rejoin.reconnect.Settings;
import io.rejoin.reconnect.Step;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the reconnection flow decides. Everything that touches the state runs on one
 * thread; what may block runs on the worker and comes back as an event. Callbacks of the SDK only
 * post.
 *
 * <p>All public methods are thread-safe and return at once.
 */
final class Supervisor {

  private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

  /** How long a session that is closed on purpose waits for outstanding confirmations. */
  static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  /** A wall clock that runs away from the monotonic one by this much has jumped. */
  private static final long JUMP_MILLIS = 60_000;

  private static final long HEARTBEAT_MILLIS = 30_000;

  /** A session is renewed so long before its token runs out. */
  private static final long RENEWAL_LEAD_MILLIS = 30_000;

  /** However short a token lives, or however wrong the clock is: no storm of renewals. */
  private static final long SHORTEST_SESSION_MILLIS = 10_000;

  private final String name;
  private final ScheduledExecutorService thread;
  private final Executor worker;
  private final LinkFactory links;
  private final CloudListener cloud;
  private final Clocks clocks;
  private final RandomGenerator random;
  private final StateListener stateListener;
  private final List<HubConnectionListener> listeners = new CopyOnWriteArrayList<>();

  // Touched by the one thread alone.
  private Plan plan;
  private NamedPolicy policy;
  private @Nullable Provisioner provisioner;
  private @Nullable HubLink opening;
  private @Nullable Session draining;
  private @Nullable Runnable afterDraining;
  private @Nullable ScheduledFuture<?> timer;
  private long timerAt = FlowState.NEVER;
  private long wallMinusMonotonic;

  // Written by the one thread, read by all.
  private volatile FlowState state = FlowState.INITIAL;
  private volatile @Nullable Session session;
  private volatile ConnectionStatus status;

  /** An open link and the number under which the endpoint knows it. */
  private record Session(long number, HubLink link) {}

  /**
   * What a configuration comes to.
   *
   * @param settings the flow's numbers
   * @param target where to go when no provisioner says otherwise
   * @param route how to get there
   */
  record Plan(Settings settings, ConnectionStatus.Target target, Route route) {}

  /**
   * @param name for the log: the connection's {@code kura.service.pid}
   * @param thread exactly one thread; owned by the caller
   * @param worker for what may block
   * @param cloud told what the cloud wants, on every link
   */
  Supervisor(
      String name,
      ScheduledExecutorService thread,
      Executor worker,
      LinkFactory links,
      CloudListener cloud,
      Clocks clocks,
      RandomGenerator random,
      Plan plan,
      NamedPolicy policy,
      StateListener stateListener) {
    this.name = name;
    this.thread = thread;
    this.worker = worker;
    this.links = links;
    this.cloud = cloud;
    this.clocks = clocks;
    this.random = random;
    this.plan = plan;
    this.policy = policy;
    this.stateListener = stateListener;
    Moment now = clocks.now();
    wallMinusMonotonic = now.wallMillis() - now.monotonicMillis();
    status = new ConnectionStatus(state, plan.settings(), policy.name(), plan.target(), now);
    var unused =
        thread.scheduleWithFixedDelay(
            this::checkClock, HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  // ---- for the endpoint -----------------------------------------------------------------------

  void connect() {
    post(() -> step(new Event.ConnectRequested(clocks.now())));
  }

  void disconnect() {
    post(() -> step(new Event.DisconnectRequested(clocks.now())));
  }

  boolean isConnected() {
    return status.phase() == Phase.CONNECTED;
  }

  Map<String, String> info() {
    return status.entries(clocks.now());
  }

  /** The open link of a session, null when it is not this one any more. */
  @Nullable HubLink link(long number) {
    Session current = session;
    return current == null || current.number() != number ? null : current.link();
  }

  void send(long number, OutgoingMessage message, Delivery delivery) {
    Session current = session;
    if (current == null || current.number() != number) {
      delivery.unconfirmed("the session has ended");
    } else {
      current.link().send(message, delivery);
    }
  }

  void renew(long number, String why) {
    post(
        () -> {
          Session current = session;
          if (current != null && current.number() == number) {
            lost(current.link(), Failure.of(FailureKind.CONNECTION_SILENT, why), Duration.ZERO);
          }
        });
  }

  void addListener(HubConnectionListener listener) {
    post(
        () -> {
          if (!listeners.contains(listener)) {
            listeners.add(listener);
            Session current = session;
            if (current != null && current != draining) {
              listener.up(current.number());
            }
          }
        });
  }

  void removeListener(HubConnectionListener listener) {
    post(() -> listeners.remove(listener));
  }

  // ---- for the component ----------------------------------------------------------------------

  ConnectionStatus status() {
    return status;
  }

  /** Other numbers, at once and without a disconnect. */
  void settingsChanged(Plan newPlan) {
    post(
        () -> {
          plan = newPlan;
          step(new Event.PolicyChanged(clocks.now()));
          step(new Event.Hinted(clocks.now(), Hint.CONFIGURATION_CHANGED));
        });
  }

  /** Another identity, hub or transport. */
  void targetChanged(Plan newPlan) {
    post(
        () -> {
          plan = newPlan;
          step(new Event.TargetChanged(clocks.now(), cached()));
        });
  }

  void policyChanged(NamedPolicy newPolicy) {
    post(
        () -> {
          policy = newPolicy;
          step(new Event.PolicyChanged(clocks.now()));
        });
  }

  void provisionerChanged(@Nullable Provisioner newProvisioner) {
    post(
        () -> {
          provisioner = newProvisioner;
          step(new Event.ProvisionerChanged(clocks.now(), newProvisioner != null, cached()));
        });
  }

  void hint(Hint hint) {
    post(() -> step(new Event.Hinted(clocks.now(), hint)));
  }

  void reconnect(long spreadMillis) {
    post(() -> step(new Event.ReconnectRequested(clocks.now(), spreadMillis)));
  }

  void reprovision(long spreadMillis) {
    post(() -> step(new Event.ReprovisionRequested(clocks.now(), spreadMillis)));
  }

  /** Ends the session, answers what is outstanding, and runs {@code then} on the one thread. */
  void stop(Runnable then) {
    post(
        () -> {
          step(new Event.DisconnectRequested(clocks.now()));
          Session leaving = draining;
          if (leaving != null) {
            drained(leaving);
          }
          then.run();
        });
  }

  /** Runs on the one thread; what is thrown there is contained. */
  void post(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              // A bug, not an expected failure; the supervisor itself has to live on.
              logger.error("{}: unexpected error in the connection's supervisor", name, e);
            }
          });
    } catch (RejectedExecutionException e) {
      logger.debug("{}: stopped, event dropped", name);
    }
  }

  // ---- the flow -------------------------------------------------------------------------------

  private void step(Event event) {
    Step step = ReconnectFlow.next(state, event, policy.policy(), plan.settings(), random);
    state = step.state();
    for (Action action : step.actions()) {
      perform(action);
    }
    armTimer();
    announce(event.at());
  }

  private void perform(Action action) {
    if (action instanceof Action.Open open) {
      open(open);
    } else if (action instanceof Action.Close close) {
      close(close);
    } else if (action instanceof Action.Probe probe) {
      probe(probe);
    } else if (action instanceof Action.Provision provision) {
      provision(provision.attempt(), provision.request());
    }
  }

  private void armTimer() {
    long wanted = ReconnectFlow.timerAt(state, plan.settings());
    if (wanted == timerAt) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerAt = wanted;
    if (wanted != FlowState.NEVER) {
      long delay = Math.max(0, wanted - clocks.now().monotonicMillis());
      timer = thread.schedule(() -> post(this::timerElapsed), delay, TimeUnit.MILLISECONDS);
    }
  }

  private void timerElapsed() {
    timer = null;
    timerAt = FlowState.NEVER;
    step(new Event.TimerElapsed(clocks.now()));
  }

  private void announce(Moment at) {
    ConnectionStatus before = status;
    ConnectionStatus now =
        new ConnectionStatus(state, plan.settings(), policy.name(), plan.target(), at);
    status = now;
    if (differs(before, now)) {
      stateListener.changed(before, now);
    }
  }

  /** Whether an operator would see a difference: also another due time or policy, while waiting. */
  private static boolean differs(ConnectionStatus before, ConnectionStatus now) {
    return before.phase() != now.phase()
        || before.state().attempt() != now.state().attempt()
        || (before.state().retryAt() != now.state().retryAt() && now.phase() != Phase.CONNECTED)
        || !before.policyName().equals(now.policyName());
  }

  private void checkClock() {
    post(
        () -> {
          Moment now = clocks.now();
          long offset = now.wallMillis() - now.monotonicMillis();
          if (Math.abs(offset - wallMinusMonotonic) > JUMP_MILLIS) {
            logger.info(
                "{}: the wall clock moved by {} s",
                name,
                TimeUnit.MILLISECONDS.toSeconds(offset - wallMinusMonotonic));
            step(new Event.Hinted(now, Hint.RESUMED));
          }
          wallMinusMonotonic = offset;
        });
  }

  // ---- actions --------------------------------------------------------------------------------

  private void open(Action.Open action) {
    Runnable open = () -> openNow(action);
    if (draining == null) {
      open.run();
    } else {
      // One connection per identity: the old session leaves before the new one comes.
      afterDraining = open;
    }
  }

  private void openNow(Action.Open action) {
    if (isAwaited(action.attempt())) {
      Route route = plan.route();
      worker.execute(() -> prepare(route, action));
    }
  }

  private boolean isAwaited(long attempt) {
    return state.phase() == Phase.CONNECTING && state.attempt() == attempt;
  }

  /** Reads credentials, which may take a while with a security chip. */
  private void prepare(Route route, Action.Open action) {
    long number = action.attempt();
    try {
      LinkSettings settings = route.to(action.target());
      post(() -> begin(number, settings));
    } catch (LinkFailedException e) {
      attemptFailed(number, e.failure());
    } catch (RuntimeException | LinkageError e) {
      failedUnexpectedly(number, e);
    }
  }

  /** On this thread, so that what comes next can close it: there are never two attempts at once. */
  private void begin(long number, LinkSettings settings) {
    if (!isAwaited(number)) {
      return;
    }
    try {
      opening = links.open(settings, reportingAs(number), cloud);
    } catch (RuntimeException | LinkageError e) {
      failedUnexpectedly(number, e);
    }
  }

  private void failedUnexpectedly(long number, Throwable e) {
    logger.warn("{}: unexpected error while connecting", name, e);
    attemptFailed(number, Failure.of(FailureKind.UNKNOWN, e.toString()));
  }

  private LinkListener reportingAs(long number) {
    return new LinkListener() {
      @Override
      public void opened(HubLink link) {
        post(() -> Supervisor.this.opened(number, link));
      }

      @Override
      public void openFailed(HubLink link, Failure failure) {
        attemptFailed(number, failure);
      }

      @Override
      public void lost(HubLink link, Failure failure, Duration quiet) {
        post(() -> Supervisor.this.lost(link, failure, quiet));
      }
    };
  }

  private void attemptFailed(long number, Failure failure) {
    post(
        () -> {
          if (isAwaited(number)) {
            opening = null;
          }
          step(new Event.AttemptFailed(clocks.now(), number, failure));
        });
  }

  private void opened(long number, HubLink link) {
    if (!isAwaited(number)) {
      link.close();
      return;
    }
    opening = null;
    Session opened = new Session(number, link);
    session = opened;
    step(new Event.Connected(clocks.now(), number, renewInMillis(link)));
    if (session == opened && draining == null) {
      listeners.forEach(listener -> listener.up(number));
    }
  }

  private long renewInMillis(HubLink link) {
    Instant expires = link.tokenExpiresAt();
    return expires == null
        ? FlowState.NEVER
        : Math.max(
            SHORTEST_SESSION_MILLIS,
            expires.toEpochMilli() - clocks.now().wallMillis() - RENEWAL_LEAD_MILLIS);
  }

  private void lost(HubLink link, Failure failure, Duration quiet) {
    Session current = session;
    if (current == null || current.link() != link) {
      return;
    }
    if (current == draining) {
      drained(current);
      return;
    }
    session = null;
    end(current, false);
    step(new Event.ConnectionLost(clocks.now(), current.number(), failure, quiet.toMillis()));
  }

  private void close(Action.Close action) {
    Session current = session;
    if (current != null && current.number() == action.attempt()) {
      if (action.drain()) {
        drain(current);
      } else {
        session = null;
        end(current, true);
      }
    } else if (opening != null) {
      opening.close();
      opening = null;
    }
  }

  private void drain(Session leaving) {
    draining = leaving;
    listeners.forEach(listener -> listener.draining(leaving.number()));
    var unused =
        leaving
            .link()
            .drain(DRAIN_LIMIT)
            .whenComplete((nothing, error) -> post(() -> drained(leaving)));
  }

  private void drained(Session leaving) {
    if (draining != leaving) {
      return;
    }
    draining = null;
    if (session == leaving) {
      session = null;
    }
    end(leaving, true);
    Runnable next = afterDraining;
    afterDraining = null;
    if (next != null) {
      next.run();
    }
  }

  /** Closing answers what is outstanding, so that the endpoint knows when it is told "down". */
  private void end(Session ended, boolean onPurpose) {
    ended.link().close();
    listeners.forEach(listener -> listener.down(ended.number(), onPurpose));
  }

  private void probe(Action.Probe action) {
    Route route = plan.route();
    worker.execute(
        () -> {
          var unused =
              route
                  .ask(action.target())
                  .thenAccept(
                      answer ->
                          post(
                              () ->
                                  step(new Event.Probed(clocks.now(), action.attempt(), answer))));
        });
  }

  private void provision(long number, ProvisioningRequest request) {
    Provisioner asked = provisioner;
    if (asked == null) {
      Failure missing = Failure.of(FailureKind.MISCONFIGURED, "the provisioner is missing");
      post(() -> provisioned(number, new ProvisioningResult.Failed(missing)));
      return;
    }
    logger.info(
        "{}: {} with the provisioning service, since {}",
        name,
        request.operation(),
        request.reason());
    var unused =
        asked
            .provision(request)
            .whenComplete(
                (result, error) -> post(() -> provisioned(number, orFailed(result, error))));
  }

  /** A provisioner must not complete exceptionally; one that does is contained. */
  private static ProvisioningResult orFailed(
      @Nullable ProvisioningResult result, @Nullable Throwable error) {
    return result != null
        ? result
        : new ProvisioningResult.Failed(
            Failure.of(FailureKind.UNKNOWN, "the provisioner failed: " + error));
  }

  private void provisioned(long number, ProvisioningResult result) {
    step(new Event.Provisioned(clocks.now(), number, result));
  }

  private @Nullable Assignment cached() {
    return provisioner == null ? null : provisioner.cachedAssignment().orElse(null);
  }
}
