/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * True time, and the two clocks that a gateway sees of it: a monotonic one that stands still while
 * the gateway is suspended and starts anew with each process, and a wall clock that may be wrong.
 */
final class VirtualTime {

  /** A moment in 2026. */
  private static final long EPOCH_MILLIS = 1_790_000_000_000L;

  private static final Comparator<Task> BY_TIME =
      Comparator.comparingLong(Task::dueMillis).thenComparingLong(Task::order);

  private final RandomGenerator chance;
  private PriorityQueue<Task> tasks = new PriorityQueue<>(BY_TIME);
  private final List<Runnable> onClockJump = new ArrayList<>();
  private long order;
  private long trueMillis;
  private long wallErrorMillis;
  private long monotonicOriginMillis;

  private record Task(long dueMillis, long order, boolean ofGateway, Runnable work) {}

  VirtualTime(RandomGenerator chance) {
    this.chance = chance;
    trueMillis = EPOCH_MILLIS + chance.nextLong(86_400_000);
    reboot();
  }

  long trueMillis() {
    return trueMillis;
  }

  long monotonicMillis() {
    return trueMillis - monotonicOriginMillis;
  }

  long wallMillis() {
    return trueMillis + wallErrorMillis;
  }

  long wallErrorMillis() {
    return wallErrorMillis;
  }

  /** Something that happens in the cloud, or to the gateway from outside. */
  void inTheWorld(long delayMillis, Runnable work) {
    tasks.add(new Task(trueMillis + delayMillis, order++, false, work));
  }

  /** Something that the gateway does: later if it is suspended, never if its process dies. */
  void inTheGateway(long delayMillis, Runnable work) {
    tasks.add(new Task(trueMillis + delayMillis, order++, true, work));
  }

  void onClockJump(Runnable work) {
    onClockJump.add(work);
  }

  void jump(long millis) {
    wallErrorMillis += millis;
    onClockJump.forEach(Runnable::run);
  }

  void correct() {
    jump(-wallErrorMillis);
  }

  /** The gateway sleeps; the world goes on without it. */
  void suspend(long millis) {
    trueMillis += millis;
    monotonicOriginMillis += millis;
    PriorityQueue<Task> later = new PriorityQueue<>(BY_TIME);
    for (Task task : tasks) {
      later.add(
          task.ofGateway()
              ? new Task(task.dueMillis() + millis, task.order(), true, task.work())
              : task);
    }
    tasks = later;
    onClockJump.forEach(Runnable::run);
  }

  /** The process is gone, with all that it was about to do. */
  void reboot() {
    tasks.removeIf(Task::ofGateway);
    onClockJump.clear();
    monotonicOriginMillis = trueMillis - chance.nextLong(-1_000_000, 1_000_000_000);
  }

  /** Does the next thing that is due until then; false when there is none. */
  boolean next(long untilMillis) {
    Task task = tasks.peek();
    if (task == null || task.dueMillis() > untilMillis) {
      trueMillis = Math.max(trueMillis, untilMillis);
      return false;
    }
    tasks.remove();
    trueMillis = Math.max(trueMillis, task.dueMillis());
    task.work().run();
    return true;
  }
}
