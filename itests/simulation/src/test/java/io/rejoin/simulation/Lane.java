/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One thread of a gateway in virtual time: in order, and each task a random moment after it was
 * handed over.
 */
final class Lane implements ScheduledExecutorService {

  private static final long LONGEST_DELAY_MILLIS = 3;

  private final VirtualTime time;
  private final RandomGenerator chance;
  private final Runnable afterEach;
  private final List<Runnable> beforeNext = new ArrayList<>();
  private long lastDueMillis = Long.MIN_VALUE;

  /**
   * @param afterEach run after each task
   */
  Lane(VirtualTime time, RandomGenerator chance, Runnable afterEach) {
    this.time = time;
    this.chance = chance;
    this.afterEach = afterEach;
  }

  /** Runs this right before the next task that is handed over, so that nothing comes between. */
  void beforeNext(Runnable work) {
    beforeNext.add(work);
  }

  @Override
  public void execute(Runnable command) {
    List<Runnable> before = List.copyOf(beforeNext);
    beforeNext.clear();
    // The monotonic clock, so that the order survives a suspend.
    long now = time.monotonicMillis();
    lastDueMillis = Math.max(lastDueMillis, now + chance.nextLong(LONGEST_DELAY_MILLIS));
    time.inTheGateway(
        lastDueMillis - now,
        () -> {
          before.forEach(Runnable::run);
          run(command);
        });
  }

  private void run(Runnable command) {
    command.run();
    afterEach.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Timer timer = new Timer(command);
    time.inTheGateway(unit.toMillis(delay), timer);
    return timer;
  }

  /** A watch on the clocks: left out as long as no clock jumps, since it would see nothing. */
  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    long period = unit.toMillis(delay);
    time.onClockJump(() -> schedule(command, chance.nextLong(period), TimeUnit.MILLISECONDS));
    return new Timer(command);
  }

  private final class Timer implements ScheduledFuture<Object>, Runnable {
    private final Runnable command;
    private boolean cancelled;

    Timer(Runnable command) {
      this.command = command;
    }

    @Override
    public void run() {
      if (!cancelled) {
        Lane.this.run(command);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      cancelled = true;
      return true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean isDone() {
      return cancelled;
    }

    @Override
    public Object get() {
      throw unused();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
      throw unused();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw unused();
    }

    @Override
    public int compareTo(Delayed other) {
      throw unused();
    }
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("nobody has needed this yet");
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw unused();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw unused();
  }

  @Override
  public void shutdown() {
    throw unused();
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw unused();
  }

  @Override
  public boolean isShutdown() {
    throw unused();
  }

  @Override
  public boolean isTerminated() {
    throw unused();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    throw unused();
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    throw unused();
  }

  @Override
  public <T> Future<T> submit(Runnable task, @Nullable T result) {
    throw unused();
  }

  @Override
  public Future<?> submit(Runnable task) {
    throw unused();
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
    throw unused();
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    throw unused();
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
    throw unused();
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
    throw unused();
  }
}
