/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed;

/**
 * Lets a database misbehave; a service of the testbed beside each {@code MessageStoreProvider},
 * with the same {@code kura.service.pid}. To have no store at all, delete its configuration, or
 * create it late. Thread-safe.
 */
public interface StoreFaults {

  /** Lets the next calls of one kind fail: each throws a {@code KuraStoreException}. */
  void fail(StoreCall call, int times);

  /** Takes the database away: listeners are told, every call fails. What is stored stays. */
  void interrupt();

  /** Brings the database back: listeners are told. */
  void restore();

  /** Lets all calls wait until {@link #unblock}, as a slow flash memory does. */
  void block();

  void unblock();

  /**
   * Does at once what Kura does every 15 minutes to a database on a file: shut it down, compact it
   * and open it again. Listeners are told {@code connected} without a {@code disconnected} before.
   */
  void defragment();
}
