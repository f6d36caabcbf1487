/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends a number of messages, so many at once, and says how fast they were confirmed. */
final class Window {
  private static final int LIMIT_SECONDS = 60;

  private Window() {}

  /** Sends one message; calls back when it is confirmed. */
  interface Send {
    void one(String messageId, Runnable confirmed);
  }

  /** Messages per second, from the first one sent to the last one confirmed. */
  static double rate(int messages, int window, Send send) throws InterruptedException {
    Semaphore permits = new Semaphore(window);
    long start = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      await(permits, 1);
      send.one("m" + i, permits::release);
    }
    await(permits, window);
    return messages / ((System.nanoTime() - start) / 1e9);
  }

  static void await(Semaphore permits, int number) throws InterruptedException {
    if (!permits.tryAcquire(number, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no confirmation for " + LIMIT_SECONDS + " s");
    }
  }
}
