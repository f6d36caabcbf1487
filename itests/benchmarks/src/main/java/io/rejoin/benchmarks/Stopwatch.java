/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.connection.HubClient;
import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is, with a look at the clock where a message is handed to the SDK and where
 * its confirmation comes back.
 */
final class Stopwatch implements HubConnection {
  private final HubConnection connection;

  /** When the SDK had taken the last message, by {@link System#nanoTime}. */
  volatile long taken;

  /** When the last confirmation came. */
  volatile long answered;

  Stopwatch(HubConnection connection) {
    this.connection = connection;
  }

  @Override
  public void send(long session, OutgoingMessage message, Delivery delivery) {
    connection.send(session, message, new Timed(delivery));
    taken = System.nanoTime();
  }

  private final class Timed implements Delivery {
    private final Delivery delivery;

    Timed(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public void confirmed() {
      answered = System.nanoTime();
      delivery.confirmed();
    }

    @Override
    public void unconfirmed(String why) {
      delivery.unconfirmed(why);
    }

    @Override
    public void rejected(String why) {
      delivery.rejected(why);
    }
  }

  @Override
  public void connect() {
    connection.connect();
  }

  @Override
  public void disconnect() {
    connection.disconnect();
  }

  @Override
  public boolean isConnected() {
    return connection.isConnected();
  }

  @Override
  public Map<String, String> info() {
    return connection.info();
  }

  @Override
  public void published(int priority) {
    connection.published(priority);
  }

  @Override
  public void renew(long session, String why) {
    connection.renew(session, why);
  }

  @Override
  public void addListener(HubConnectionListener listener) {
    connection.addListener(listener);
  }

  @Override
  public void removeListener(HubConnectionListener listener) {
    connection.removeListener(listener);
  }

  @Override
  public void serve(@Nullable HubClient client) {
    connection.serve(client);
  }

  @Override
  public void askForDesired() {
    connection.askForDesired();
  }

  @Override
  public CompletionStage<Void> report(JsonObject patch) {
    return connection.report(patch);
  }
}
