/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.LinkRuntime;
import io.rejoin.azure.iothub.link.SdkLinkFactory;
import io.rejoin.azure.iothub.link.probe.HttpsHubProbe;
import io.rejoin.azure.iothub.link.probe.HubProbe;
import io.rejoin.azure.iothub.link.probe.ProbeRecorder;
import io.rejoin.azure.iothub.link.socket.LoggedResolver;
import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.schedule.Activity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;

/** A connection's threads and their supervisor, from activation to deactivation. */
final class RunningConnection {

  private static final int IDLE_SECONDS = 10;

  /** Shared by all connections: its threads end when idle. */
  private static final LinkRuntime LINKS =
      LinkRuntime.of(
          InstantSource.system(), new SecureRandom(), new LoggedResolver(NameResolver.JVM));

  private final ScheduledThreadPoolExecutor thread;
  private final ThreadPoolExecutor worker;
  private final Supervisor supervisor;
  private final CloudSide cloud;
  private final Upkeep upkeep;

  RunningConnection(
      String pid,
      ConnectionOptions options,
      Services services,
      Supervisor.Plan plan,
      NamedPolicy policy,
      StateListener stateListener,
      Supplier<Optional<Path>> dataDirectory,
      Consumer<Event> events) {
    thread = new ScheduledThreadPoolExecutor(1, daemon(pid + " supervisor"));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    worker =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemon(pid + " worker"));
    RandomGenerator random = new SplittableRandom(new SecureRandom().nextLong());
    ConnectionStatistics statistics = new ConnectionStatistics();
    Relay relay = new Relay();
    supervisor =
        new Supervisor(
            pid,
            thread,
            worker,
            new SdkLinkFactory(LINKS),
            relay,
            Clocks.SYSTEM,
            random,
            plan,
            policy,
            (before, now) -> {
              statistics.changed(before, now);
              stateListener.changed(before, now);
            });
    Activity activity = new Activity(() -> Clocks.SYSTEM.now().monotonicMillis());
    cloud =
        new CloudSide(
            pid,
            supervisor,
            thread,
            Clocks.SYSTEM,
            random,
            statistics,
            activity,
            services,
            options);
    relay.target = cloud;
    supervisor.addListener(cloud);
    upkeep =
        new Upkeep(
            pid,
            supervisor,
            thread,
            worker,
            Clocks.SYSTEM,
            random,
            activity,
            services,
            dataDirectory,
            options,
            events);
    supervisor.addListener(upkeep);
  }

  /**
   * Asks hubs why.
   *
   * @param recorder writes down what they answer, null to keep nothing
   */
  static HubProbe probe(@Nullable ProbeRecorder recorder) {
    return new HttpsHubProbe(LINKS, recorder);
  }

  Supervisor supervisor() {
    return supervisor;
  }

  CloudSide cloud() {
    return cloud;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** Returns at once; what is under way ends in the background. */
  void stop() {
    upkeep.stop();
    supervisor.stop(
        () -> {
          thread.shutdown();
          worker.shutdown();
        });
  }

  private static ThreadFactory daemon(String name) {
    return runnable -> {
      Thread created = new Thread(runnable, name);
      created.setDaemon(true);
      return created;
    };
  }

  /** Breaks the circle between the supervisor and what it tells of the cloud's wishes. */
  private static final class Relay implements CloudListener {

    private volatile @Nullable CloudListener target;

    private CloudListener to() {
      CloudListener to = target;
      if (to == null) {
        throw new IllegalStateException("not started yet");
      }
      return to;
    }

    @Override
    public boolean onMessage(CloudMessage message) {
      return to().onMessage(message);
    }

    @Override
    public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
      return to().onMethod(name, payload);
    }

    @Override
    public void onDesiredProperties(String patch) {
      to().onDesiredProperties(patch);
    }
  }
}
