/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread in virtual time: runs what was handed to it when the test lets it, in the order of due
 * times.
 */
public final class ManualThread extends ScheduledThreadPoolExecutor {

  private final PriorityQueue<Task> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Task task) -> task.dueAt).thenComparing(task -> task.order));
  private long nowMillis = 1_000_000;
  private long order;
  private boolean stopped;

  public ManualThread() {
    super(0);
  }

  public long nowMillis() {
    return nowMillis;
  }

  public boolean isStopped() {
    return stopped;
  }

  /** Runs what is due, then lets time pass and runs what becomes due on the way. */
  public void pass(long millis) {
    long end = nowMillis + millis;
    while (!queue.isEmpty() && queue.peek().dueAt <= end) {
      Task task = queue.remove();
      nowMillis = Math.max(nowMillis, task.dueAt);
      task.run();
    }
    nowMillis = end;
  }

  public void settle() {
    pass(0);
  }

  @Override
  public void execute(Runnable command) {
    schedule(command, 0, TimeUnit.MILLISECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Task task = new Task(command, nowMillis + unit.toMillis(delay), order++);
    queue.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          scheduleWithFixedDelay(command, delay, delay, unit);
        },
        initialDelay,
        unit);
  }

  @Override
  public void shutdown() {
    stopped = true;
    queue.clear();
  }

  private final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {

    private final long dueAt;
    private final long order;

    Task(Runnable command, long dueAt, long order) {
      super(command, null);
      this.dueAt = dueAt;
      this.order = order;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      queue.remove(this);
      return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueAt - nowMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
    }
  }
}
