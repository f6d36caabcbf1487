/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.schedule.Activity;
import io.rejoin.azure.iothub.twin.TwinKeeper;
import io.rejoin.azure.iothub.twin.TwinUser;
import io.rejoin.provisioning.Provisioner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What passes between the cloud and the gateway besides telemetry, over all sessions: messages and
 * method calls on their way to the endpoint, the built-in methods, and the twin.
 */
final class CloudSide implements CloudListener, HubConnectionListener, TwinUser {

  private static final int NOT_FOUND = 404;

  /** An answer gets this long to reach the hub before what was asked for ends the session. */
  private static final Duration ANSWER_FIRST = Duration.ofSeconds(1);

  private final Supervisor supervisor;
  private final ScheduledExecutorService thread;
  private final Clocks clocks;
  private final ConnectionStatistics statistics;
  private final Activity activity;
  private final Services services;
  private final TwinKeeper twin;
  private final BuiltInMethods builtIn;
  private volatile ConnectionOptions options;
  private volatile @Nullable HubClient client;

  /**
   * @param pid for the log
   * @param thread the connection's one thread
   */
  CloudSide(
      String pid,
      Supervisor supervisor,
      ScheduledExecutorService thread,
      Clocks clocks,
      RandomGenerator random,
      ConnectionStatistics statistics,
      Activity activity,
      Services services,
      ConnectionOptions options) {
    this.supervisor = supervisor;
    this.thread = thread;
    this.clocks = clocks;
    this.statistics = statistics;
    this.activity = activity;
    this.services = services;
    this.options = options;
    this.twin =
        new TwinKeeper(
            pid,
            thread,
            supervisor::post,
            () -> clocks.now().monotonicMillis(),
            random,
            options.cloud().twin(),
            this);
    this.builtIn =
        new BuiltInMethods(pid, () -> this.options.cloud().methods(), this::info, new Operator());
  }

  void options(ConnectionOptions changed) {
    options = changed;
    supervisor.post(() -> twin.settings(changed.cloud().twin()));
  }

  void serve(@Nullable HubClient changed) {
    client = changed;
  }

  void askForDesired() {
    supervisor.post(twin::askForDesired);
  }

  CompletionStage<Void> report(JsonObject patch) {
    return twin.report(patch);
  }

  private Map<String, String> info() {
    HubClient to = client;
    if (to != null) {
      return to.info();
    }
    Map<String, String> info = new TreeMap<>(supervisor.info());
    services.provisioner().ifPresent(provisioner -> ProvisionerEntries.add(info, provisioner));
    return info;
  }

  // ---- from the cloud

  @Override
  public boolean onMessage(CloudMessage message) {
    activity.happened();
    HubClient to = client;
    return to != null && to.onMessage(message);
  }

  @Override
  public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
    activity.happened();
    DirectMethodAnswer own = builtIn.call(name, payload);
    if (own != null) {
      return CompletableFuture.completedStage(own);
    }
    HubClient to = client;
    return to == null
        ? CompletableFuture.completedStage(
            DirectMethodAnswer.error(NOT_FOUND, "nobody serves " + name))
        : to.onMethod(name, payload);
  }

  @Override
  public void onDesiredProperties(String patch) {
    activity.happened();
    HubClient to = client;
    if (to != null) {
      to.onDesiredProperties(patch);
    }
  }

  @Override
  public void onDesired(String json) {
    HubClient to = client;
    if (to != null) {
      to.onAllDesiredProperties(json);
    }
  }

  @Override
  public JsonObject statistics() {
    JsonObject facts = new JsonObject();
    facts.add("connection", statistics.facts(supervisor.status(), clocks.now().wallMillis()));
    HubClient to = client;
    if (to != null) {
      facts.add("outbox", to.statistics());
    }
    return facts;
  }

  // ---- sessions

  @Override
  public void up(long session) {
    HubLink link = supervisor.link(session);
    if (link != null) {
      twin.up(link);
    }
  }

  @Override
  public void draining(long session) {
    twin.down();
  }

  @Override
  public void down(long session, boolean onPurpose) {
    twin.down();
  }

  /** What the built-in methods do. */
  private final class Operator implements BuiltInMethods.Doing {
    @Override
    public void reconnect(Duration spread) {
      afterTheAnswer(() -> supervisor.reconnect(spread.toMillis()));
    }

    @Override
    public void reprovision(Duration spread) {
      afterTheAnswer(() -> supervisor.reprovision(spread.toMillis()));
    }

    private void afterTheAnswer(Runnable then) {
      var unused = thread.schedule(then, ANSWER_FIRST.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean provisioned() {
      return options.who().identity() == Identity.PROVISIONER;
    }

    @Override
    public Optional<Provisioner> provisioner() {
      return services.provisioner();
    }
  }
}
