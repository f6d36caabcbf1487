/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnection;
import java.util.Map;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;

/** An endpoint component, started and stopped as SCR does it. */
public final class StartedEndpoint implements AutoCloseable {
  private final CloudEndpointComponent component;

  public StartedEndpoint(Map<String, Object> properties, HubConnection connection) {
    component = new CloudEndpointComponent(properties);
    component.bindConnection(connection);
    component.activate();
  }

  public void store(MessageStoreProvider provider) {
    component.bindMessageStoreProvider(provider, Map.of());
  }

  public IotHubEndpoint endpoint() {
    return component;
  }

  @Override
  public void close() {
    component.deactivate();
  }
}
