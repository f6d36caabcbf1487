/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Map;
import java.util.concurrent.CompletionStage;
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

  /**
   * A message was accepted; one that is important enough opens a window of the connection schedule.
   *
   * @param priority 0 is the most important
   */
  void published(int priority);

  /** Ends the current session and opens a new one at once, since it no longer confirms. */
  void renew(long session, String why);

  /** Adds a listener and tells it the present state; adding it twice does nothing. */
  void addListener(HubConnectionListener listener);

  void removeListener(HubConnectionListener listener);

  /**
   * Who takes cloud-to-device messages, direct methods and desired properties from now on; null for
   * nobody, in which case the hub keeps the messages.
   */
  void serve(@Nullable HubClient client);

  /**
   * Asks the hub once for all desired properties, as soon as the session is stable and the
   * gateway's own moment has come; {@link HubClient#onAllDesiredProperties} gets the answer. A
   * session that ends before takes the wish along to the next one.
   */
  void askForDesired();

  /**
   * Reports properties: now if a stable session is there, else on the next one. They are kept until
   * the connection is deactivated, and reported anew on each session, since the twin of a hub that
   * the device moved to may know nothing.
   *
   * @param patch null for what is to be removed
   * @return completed when a hub has taken it, on the connection's own thread; fails with a cause
   *     in words when no hub ever will
   */
  CompletionStage<Void> report(JsonObject patch);
}
