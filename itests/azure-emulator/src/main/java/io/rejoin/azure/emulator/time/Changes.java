/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets a test wait for a condition without sleeping: whoever changes something signals, whoever
 * waits looks again. Thread-safe; a signal that nobody waits for costs one volatile read. A
 * condition may take locks under which others signal: it is asked outside of this object's own.
 */
public final class Changes {
  private final Object monitor = new Object();
  private volatile int waiting;
  private long signals;

  /** Something a condition may depend on has changed. Called after the change is visible. */
  public void signal() {
    if (waiting > 0) {
      synchronized (monitor) {
        signals++;
        monitor.notifyAll();
      }
    }
  }

  /**
   * Waits until the condition holds.
   *
   * @param expectation what is waited for, in words, for the error
   * @param state what to tell about the present state in the error
   * @throws AssertionError when it does not hold within the limit, or the thread is interrupted
   */
  public void await(
      String expectation, BooleanSupplier condition, Supplier<String> state, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long seen = enter();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() - deadline >= 0) {
          throw new AssertionError(
              "not within " + limit.toMillis() + " ms: " + expectation + "; " + state.get());
        }
        seen = awaitSignal(seen, deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for: " + expectation, e);
    } finally {
      leave();
    }
  }

  /** From here on signals are counted. */
  private long enter() {
    synchronized (monitor) {
      waiting++;
      return signals;
    }
  }

  private void leave() {
    synchronized (monitor) {
      waiting--;
    }
  }

  /** Returns at the deadline, or with the number of signals once there is another one than seen. */
  private long awaitSignal(long seen, long deadline) throws InterruptedException {
    synchronized (monitor) {
      while (signals == seen) {
        long leftMillis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        if (leftMillis <= 0) {
          break;
        }
        monitor.wait(leftMillis);
      }
      return signals;
    }
  }
}
