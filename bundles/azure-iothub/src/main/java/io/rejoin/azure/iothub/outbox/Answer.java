/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

/** What became of one attempt to send a message. */
public enum Answer {
  /** The hub has it. */
  CONFIRMED,
  /** The hub may or may not have it: send it again. */
  UNCONFIRMED,
  /** It can never be sent: set it aside. */
  REJECTED
}
