/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.iothub.connection.SupervisorUnderTest;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.outbox.OutboxSettings;
import io.rejoin.azure.iothub.outbox.OutboxUnderTest;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One process of the gateway: supervisor, outbox and provisioner as an operator's Kura runs them.
 */
final class Gateway {

  private static final OutboxSettings OUTBOX =
      new OutboxSettings(
          20,
          10_000,
          OutboxSettings.WhenFull.REFUSE_NEW,
          Duration.ZERO,
          Duration.ofSeconds(60),
          "pump-7",
          OutboxSettings.Foreign.HOLD);

  private final VirtualTime time;
  private final RandomGenerator chance;
  private final Cloud cloud;
  private final Disk disk;
  private final Checks checks;
  private final Lane connectionLane;
  private final SupervisorUnderTest connection;
  private final OutboxUnderTest outbox;

  /** What Kura has configured, and as far as the connection has learned of it. */
  private Settings configured;

  private Settings settings;
  private @Nullable SimulatedProvisioner provisioner;

  Gateway(
      VirtualTime time,
      RandomGenerator chance,
      Cloud cloud,
      Disk disk,
      Checks checks,
      Settings settings,
      RetryPolicy policy) {
    this.time = time;
    this.chance = chance;
    this.cloud = cloud;
    this.disk = disk;
    this.checks = checks;
    this.settings = settings;
    configured = settings;
    connectionLane = new Lane(time, chance, this::look);
    connection =
        new SupervisorUnderTest(
            connectionLane,
            work -> time.inTheGateway(workMillis(), work),
            new Network(),
            this::now,
            chance,
            settings,
            policy);
    outbox =
        new OutboxUnderTest(
            new Lane(time, chance, () -> {}),
            this::now,
            connection,
            Long.toHexString(chance.nextLong()),
            OUTBOX,
            checks::confirmed);
  }

  /** Reading a key may take a security chip a while. */
  private long workMillis() {
    return chance.nextInt(20) == 0 ? chance.nextLong(5_000) : chance.nextLong(20);
  }

  private Moment now() {
    return new Moment(time.monotonicMillis(), time.wallMillis());
  }

  private void look() {
    checks.stepTaken(connection.state(), settings);
  }

  FlowState state() {
    return connection.state();
  }

  Settings settings() {
    return settings;
  }

  /** Components appear in any order. */
  void boot() {
    later(() -> outbox.store(disk.store));
    if (settings.provisioned()) {
      later(this::bringProvisioner);
    }
    later(
        () -> {
          if (disk.wanted) {
            connect();
          }
        });
  }

  private void later(Runnable work) {
    time.inTheGateway(chance.nextLong(5_000), work);
  }

  // ---- what users and Kura do -------------------------------------------------------------------

  void connect() {
    disk.wanted = true;
    intend(true);
    connection.connect();
  }

  void disconnect() {
    disk.wanted = false;
    intend(false);
    connection.disconnect();
  }

  /** Holds from the very moment at which the connection learns of it. */
  private void intend(boolean connected) {
    connectionLane.beforeNext(() -> checks.userWants(connected));
  }

  void reconnect(long spreadMillis) {
    connection.reconnect(spreadMillis);
  }

  void reprovision(long spreadMillis) {
    connection.reprovision(spreadMillis);
  }

  void hint(Hint hint) {
    connection.hint(hint);
  }

  void change(Settings other) {
    configured = other;
    connectionLane.beforeNext(() -> settings = other);
    connection.settingsChanged(other);
  }

  void change(RetryPolicy policy) {
    connection.policyChanged(policy);
  }

  /** Another transport or key: the same hub, but nothing is known of it any more. */
  void changeTarget() {
    connectionLane.beforeNext(() -> checks.pausesAreForgotten(false));
    connection.targetChanged(configured);
  }

  void takeProvisionerAway() {
    if (provisioner != null) {
      provisioner.close();
      provisioner = null;
      connection.provisionerChanged(null);
    }
  }

  void bringProvisioner() {
    if (provisioner != null) {
      provisioner.close();
    }
    provisioner = new SimulatedProvisioner(time, chance, cloud, disk, checks, this::asked);
    connection.provisionerChanged(provisioner);
  }

  boolean hasProvisioner() {
    return provisioner != null;
  }

  void takeStoreAway() {
    outbox.store(null);
  }

  void bringStore() {
    outbox.store(disk.store);
  }

  void publish(String messageId, int priority) {
    OutgoingMessage message =
        new OutgoingMessage(new byte[] {1}, messageId, null, 0, null, null, Map.of(), 1);
    outbox.publish(
        message,
        priority,
        accepted -> {
          if (accepted) {
            checks.accepted.add(messageId);
          }
        });
  }

  /** Ends in order; whatever is still under way dies with the process soon after. */
  void shutDown() {
    connectionLane.beforeNext(() -> checks.userWants(false));
    connection.stop(() -> {});
  }

  // ---- the network
  // --------------------------------------------------------------------------------

  /** Whether what is about to be reported is waited for; called right before it is processed. */
  private void ifAwaited(Predicate<FlowState> awaited, Runnable then) {
    connectionLane.beforeNext(
        () -> {
          if (awaited.test(connection.state())) {
            then.run();
          }
        });
  }

  /** A question has been asked; who is told its answer before the connection is. */
  private Consumer<ProvisioningResult> asked() {
    AtomicLong number = new AtomicLong();
    // The connection shows its new state when it has done all that the last event led to.
    time.inTheGateway(0, () -> number.set(connection.state().attempt()));
    return result ->
        ifAwaited(
            state -> state.phase() == Phase.PROVISIONING && state.attempt() == number.get(),
            () -> checks.dpsAnswers(connection.state().assignment(), result));
  }

  private Hub hub(@Nullable Assignment assignment) {
    return assignment == null ? cloud.hubs.get(0) : cloud.hub(assignment.hubHostName());
  }

  private final class Network implements SupervisorUnderTest.Network {

    @Override
    public LinkSettings to(@Nullable Assignment assignment) {
      return hub(assignment).settings;
    }

    @Override
    public HubLink open(LinkSettings to, LinkListener listener, CloudListener cloudListener) {
      Hub hub = cloud.hub(to.host());
      checks.linkBegins(hub);
      SimulatedLink link =
          new SimulatedLink(time, chance, cloud, checks, hub, new Reporting(hub, listener));
      checks.linkBegan(link);
      return link;
    }

    @Override
    public CompletionStage<@Nullable Failure> ask(@Nullable Assignment assignment) {
      Hub hub = hub(assignment);
      long asked = connection.state().attempt();
      CompletableFuture<@Nullable Failure> answered = new CompletableFuture<>();
      time.inTheGateway(
          50 + chance.nextLong(10_000),
          () -> {
            Failure answer = cloud.probe(hub);
            if (answer != null) {
              ifAwaited(
                  state -> state.phase() == Phase.PROBING && state.attempt() == asked,
                  () -> checks.hubAsksForPause(hub, answer));
            }
            answered.complete(answer);
          });
      return answered;
    }
  }

  /** Notes a pause that a hub asks for at the moment the connection learns of it. */
  private final class Reporting implements LinkListener {
    private final Hub hub;
    private final LinkListener listener;
    private final long attempt = connection.state().attempt();

    Reporting(Hub hub, LinkListener listener) {
      this.hub = hub;
      this.listener = listener;
    }

    @Override
    public void opened(HubLink link) {
      listener.opened(link);
    }

    @Override
    public void openFailed(HubLink link, Failure failure) {
      ifAwaited(
          state -> state.phase() == Phase.CONNECTING && state.attempt() == attempt,
          () -> checks.hubAsksForPause(hub, failure));
      listener.openFailed(link, failure);
    }

    @Override
    public void lost(HubLink link, Failure failure, Duration quiet) {
      listener.lost(link, failure, quiet);
    }
  }
}
