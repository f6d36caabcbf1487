/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.cloud;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about. */
final class Eventually {
  private Eventually() {}

  static void eventually(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Gateway.SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + Gateway.SOON + ": " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** The result of the first call that does not throw. */
  static <T> T succeeds(Callable<T> call) throws Exception {
    long deadline = System.nanoTime() + Gateway.SOON.toNanos();
    while (true) {
      try {
        return call.call();
      } catch (RuntimeException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
