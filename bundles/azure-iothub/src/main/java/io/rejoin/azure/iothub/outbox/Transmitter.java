/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;

/** Where the outbox sends to. Neither call blocks or throws. */
public interface Transmitter {
  /** Hands a message to the session; the answer comes as {@link Outbox#answered}. */
  void send(long session, long attempt, OutgoingMessage message);

  /** Asks for a new session, since this one no longer confirms. */
  void renew(long session, String why);
}
