/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection offers to the endpoint above it. A service of this bundle's own, picked by
 * {@code kura.service.pid}. Thread-safe; nothing here blocks on the network.
 */
public interface HubConnection {

  /** States that the connection is wanted, and starts or hurries it. */
  void connect();

  /** States that the connection is not wanted, and ends it. */
  void disconnect();

  boolean isConnected();

  /** State, reason, next attempt and more, for the status page; no secret. */
  Map<String, String> info();

  /**
   * Hands one message to the hub.
   *
   * @param session the session that {@link HubConnectionListener#up} announced; a message for an
   *     older one is answered {@link Delivery#unconfirmed} at once
   */
  void send(long session, OutgoingMessage message, Delivery delivery);

  /** Ends the current session and opens a new one at once, since it no longer confirms. */
  void renew(long session, String why);

  /** Adds a listener and tells it the present state; adding it twice does nothing. */
  void addListener(HubConnectionListener listener);

  void removeListener(HubConnectionListener listener);

  /**
   * Who takes cloud-to-device messages, direct methods and desired properties from now on; null for
   * nobody, in which case the hub keeps the messages.
   */
  void serve(@Nullable CloudListener listener);
}
