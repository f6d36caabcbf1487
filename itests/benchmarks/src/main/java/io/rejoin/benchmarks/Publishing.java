/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.endpoint.StartedEndpoint;
import io.rejoin.azure.iothub.publisher.StartedPublisher;
import io.rejoin.testbed.store.H2StoreProvider;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;

/** Publisher, endpoint with its outbox, and message store, on top of a connection. */
final class Publishing implements AutoCloseable {
  private final H2StoreProvider store;
  private final StartedEndpoint endpoint;
  private final StartedPublisher publisher;

  /**
   * @param databaseUrl of the message store
   * @param window how many messages may be on their way
   * @param listener told of each confirmation, on the endpoint's thread for listeners
   */
  Publishing(
      String databaseUrl, int window, HubConnection connection, CloudDeliveryListener listener) {
    store = Kura.database(databaseUrl);
    endpoint =
        new StartedEndpoint(
            Map.of("kura.service.pid", "benchmark", "outbox.window", window), connection);
    endpoint.store(store);
    publisher = new StartedPublisher(endpoint.endpoint());
    publisher.publisher().registerCloudDeliveryListener(listener);
  }

  /** As an application does: tries again while the store is not there yet. */
  void publish(byte[] body) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(body);
    KuraMessage message = new KuraMessage(payload);
    while (true) {
      try {
        publisher.publisher().publish(message);
        return;
      } catch (KuraException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    publisher.close();
    endpoint.close();
    store.stop();
  }
}
