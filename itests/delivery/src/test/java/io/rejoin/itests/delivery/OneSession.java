/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.delivery;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.connection.HubClient;
import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection that has one session, an open link, for as long as the process lives. */
record OneSession(HubLink link) implements HubConnection {
  private static final long SESSION = 1;

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public Map<String, String> info() {
    return Map.of();
  }

  @Override
  public void send(long session, OutgoingMessage message, Delivery delivery) {
    link.send(message, delivery);
  }

  @Override
  public void published(int priority) {}

  @Override
  public void renew(long session, String why) {
    throw new IllegalStateException("a hub that confirms everything gives no reason to: " + why);
  }

  @Override
  public void addListener(HubConnectionListener listener) {
    listener.up(SESSION);
  }

  @Override
  public void removeListener(HubConnectionListener listener) {}

  @Override
  public void serve(@Nullable HubClient client) {}

  @Override
  public void askForDesired() {}

  @Override
  public CompletableFuture<Void> report(JsonObject patch) {
    return CompletableFuture.completedFuture(null);
  }
}
