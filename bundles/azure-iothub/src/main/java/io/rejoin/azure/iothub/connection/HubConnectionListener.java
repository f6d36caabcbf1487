/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

/**
 * Told of sessions in order, on the connection's own thread: must return at once and must not call
 * back into a lock that a caller of {@link HubConnection} may hold.
 */
public interface HubConnectionListener {
  /** A session is up; its number grows with each session of this process. */
  void up(long session);

  /** The session takes no more messages, but confirmations may still arrive. */
  void draining(long session);

  /** The session has ended; what it has not confirmed has been answered unconfirmed. */
  void down(long session, boolean onPurpose);
}
