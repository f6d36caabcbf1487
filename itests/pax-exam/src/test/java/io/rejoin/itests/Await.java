/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what a test expects, with a limit that only a failure reaches. */
final class Await {

  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(3);

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(() -> what, condition);
  }

  /**
   * @param what only asked for when it never comes true
   */
  static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    until(what, LIMIT, condition);
  }

  static void until(Supplier<String> what, Duration limit, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never came true: " + what.get());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
