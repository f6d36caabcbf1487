/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import java.util.List;
import org.eclipse.kura.KuraStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the store which of its records are done. Runs once, on whatever thread; read afterwards.
 */
final class Settlement implements Runnable {
  private final OutboxStore store;
  private final List<Entry> entries;
  private int told;
  private @Nullable KuraStoreException failure;

  Settlement(OutboxStore store, List<Entry> entries) {
    this.store = store;
    this.entries = entries;
  }

  @Override
  public void run() {
    try {
      for (Entry entry : entries) {
        store.markDone(entry.id());
        told++;
      }
    } catch (KuraStoreException e) {
      failure = e;
    }
  }

  /** Those that the store knows of, the first of all. */
  List<Entry> told() {
    return entries.subList(0, told);
  }

  /** Why the others are missing; null if none is. */
  @Nullable KuraStoreException failure() {
    return failure;
  }
}
