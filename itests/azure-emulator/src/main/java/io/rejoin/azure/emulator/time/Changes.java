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
 * waits looks again. Thread-safe; a signal that nobody waits for costs one volatile read.
 */
public final class Changes {
  private final Object monitor = new Object();
  private volatile int waiting;

  /** Something a condition may depend on has changed. Called after the change is visible. */
  public void signal() {
    if (waiting > 0) {
      synchronized (monitor) {
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
    synchronized (monitor) {
      waiting++;
      try {
        while (!condition.getAsBoolean()) {
          long leftMillis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
          if (leftMillis <= 0) {
            throw new AssertionError(
                "not within " + limit.toMillis() + " ms: " + expectation + "; " + state.get());
          }
          monitor.wait(leftMillis);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for: " + expectation, e);
      } finally {
        waiting--;
      }
    }
  }
}
