/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.link.socket.NameResolver;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What links need of the world, given from outside.
 *
 * @param clock wall time
 * @param nanoTime a clock that only waits
 * @param random for the lives of tokens
 * @param resolver looks names up
 * @param workers run what may block: opening, closing
 * @param timer runs what must not block, later
 */
public record LinkRuntime(
    InstantSource clock,
    LongSupplier nanoTime,
    RandomGenerator random,
    NameResolver resolver,
    Executor workers,
    ScheduledExecutorService timer) {
  private static final int IDLE_SECONDS = 10;

  /** A world whose idle threads end by themselves, so that there is nothing to shut down. */
  public static LinkRuntime of(InstantSource clock, RandomGenerator random, NameResolver resolver) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("worker"));
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return new LinkRuntime(clock, System::nanoTime, random, resolver, workers, timer);
  }

  private static ThreadFactory threads(String role) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "rejoin-link-" + role + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
