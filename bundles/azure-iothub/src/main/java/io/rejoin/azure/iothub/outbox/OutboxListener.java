/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

/** Told by the outbox, on its own thread: has to return at once and must not throw. */
public interface OutboxListener {
  /** The hub confirmed a message; its record is marked done, or will be. */
  void confirmed(String messageId);
}
