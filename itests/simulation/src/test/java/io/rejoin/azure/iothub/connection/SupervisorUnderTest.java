/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.LinkFactory;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connection's own supervisor, for the simulation, which lives in another package. */
public final class SupervisorUnderTest {

  private final Supervisor supervisor;
  private final Network network;

  /** The world around a gateway. */
  public interface Network extends LinkFactory {

    LinkSettings to(@Nullable Assignment assignment);

    CompletionStage<@Nullable Failure> ask(@Nullable Assignment assignment);
  }

  public SupervisorUnderTest(
      ScheduledExecutorService thread,
      Executor worker,
      Network network,
      Supplier<Moment> clocks,
      RandomGenerator random,
      Settings settings,
      RetryPolicy policy) {
    this.network = network;
    supervisor =
        new Supervisor(
            "simulated",
            thread,
            worker,
            network,
            new Deaf(),
            clocks::get,
            random,
            plan(settings),
            new NamedPolicy(policy, "simulated"),
            (before, now) -> {});
  }

  private Supervisor.Plan plan(Settings settings) {
    return new Supervisor.Plan(
        settings, new ConnectionStatus.Target("", ""), new SimulatedRoute(network));
  }

  public FlowState state() {
    return supervisor.status().state();
  }

  public void connect() {
    supervisor.connect();
  }

  public void disconnect() {
    supervisor.disconnect();
  }

  public void stop(Runnable then) {
    supervisor.stop(then);
  }

  public void settingsChanged(Settings settings) {
    supervisor.settingsChanged(plan(settings));
  }

  public void targetChanged(Settings settings) {
    supervisor.targetChanged(plan(settings));
  }

  public void policyChanged(RetryPolicy policy) {
    supervisor.policyChanged(new NamedPolicy(policy, "simulated"));
  }

  public void provisionerChanged(@Nullable Provisioner provisioner) {
    supervisor.provisionerChanged(provisioner);
  }

  public void hint(Hint hint) {
    supervisor.hint(hint);
  }

  public void reconnect(long spreadMillis) {
    supervisor.reconnect(spreadMillis);
  }

  public void reprovision(long spreadMillis) {
    supervisor.reprovision(spreadMillis);
  }

  public void addListener(HubConnectionListener listener) {
    supervisor.addListener(listener);
  }

  public void send(long session, OutgoingMessage message, Delivery delivery) {
    supervisor.send(session, message, delivery);
  }

  public void renew(long session, String why) {
    supervisor.renew(session, why);
  }

  private record SimulatedRoute(Network network) implements Route {
    @Override
    public LinkSettings to(@Nullable Assignment assignment) {
      return network.to(assignment);
    }

    @Override
    public CompletionStage<@Nullable Failure> ask(@Nullable Assignment assignment) {
      return network.ask(assignment);
    }
  }

  /** Nothing comes from the cloud in these lives. */
  private static final class Deaf implements CloudListener {
    @Override
    public boolean onMessage(CloudMessage message) {
      return false;
    }

    @Override
    public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
      return CompletableFuture.completedFuture(new DirectMethodAnswer(404, "null"));
    }

    @Override
    public void onDesiredProperties(String patch) {}
  }
}
