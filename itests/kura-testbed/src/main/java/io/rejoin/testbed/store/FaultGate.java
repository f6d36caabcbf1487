/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import io.rejoin.testbed.StoreCall;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** Decides whether a call of the store is to fail or to wait. */
final class FaultGate {
  private final Map<StoreCall, Integer> failures = new EnumMap<>(StoreCall.class);
  private boolean interrupted;
  private boolean blocked;

  synchronized void fail(StoreCall call, int times) {
    failures.put(call, times);
  }

  synchronized void interrupt(boolean away) {
    interrupted = away;
  }

  synchronized void block(boolean closed) {
    blocked = closed;
    notifyAll();
  }

  /** Passes a call, after waiting while the gate is blocked. */
  synchronized void pass(StoreCall call) throws SQLException {
    while (blocked) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException(e);
      }
    }
    if (interrupted) {
      throw new SQLException("Database instance not initialized");
    }
    int left = failures.getOrDefault(call, 0);
    if (left > 0) {
      failures.put(call, left - 1);
      throw new SQLException("fault: " + call + " fails " + left + " more times");
    }
  }
}
