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
import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection's threads and their supervisor, from activation to deactivation. */
final class RunningConnection {

  private static final int IDLE_SECONDS = 10;

  /** Shared by all connections: its threads end when idle. */
  private static final LinkRuntime LINKS =
      LinkRuntime.of(InstantSource.system(), new SecureRandom(), NameResolver.JVM);

  static final HubProbe PROBE = new HttpsHubProbe(LINKS, null);

  private final ScheduledThreadPoolExecutor thread;
  private final ThreadPoolExecutor worker;
  private final Supervisor supervisor;
  private final Relay cloud = new Relay();

  RunningConnection(
      String pid, Supervisor.Plan plan, NamedPolicy policy, StateListener stateListener) {
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
    supervisor =
        new Supervisor(
            pid,
            thread,
            worker,
            new SdkLinkFactory(LINKS),
            cloud,
            Clocks.SYSTEM,
            new SplittableRandom(new SecureRandom().nextLong()),
            plan,
            policy,
            stateListener);
  }

  Supervisor supervisor() {
    return supervisor;
  }

  void serve(@Nullable CloudListener listener) {
    cloud.target = listener;
  }

  /** Returns at once; what is under way ends in the background. */
  void stop() {
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

  /** Passes on to the endpoint, if one is there; else nothing is taken, and the hub keeps it. */
  private static final class Relay implements CloudListener {

    private static final int NOT_FOUND = 404;

    private volatile @Nullable CloudListener target;

    @Override
    public boolean onMessage(CloudMessage message) {
      CloudListener to = target;
      return to != null && to.onMessage(message);
    }

    @Override
    public DirectMethodAnswer onMethod(String name, String payload) {
      CloudListener to = target;
      return to == null
          ? new DirectMethodAnswer(NOT_FOUND, "{\"error\":\"nobody serves " + name + "\"}")
          : to.onMethod(name, payload);
    }

    @Override
    public void onDesiredProperties(String patch) {
      CloudListener to = target;
      if (to != null) {
        to.onDesiredProperties(patch);
      }
    }
  }
}
