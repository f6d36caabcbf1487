/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnection;
import java.util.Map;

/** An endpoint component, started and stopped as SCR does it. */
public final class RunningEndpoint implements AutoCloseable {
  private final CloudEndpointComponent component;

  public RunningEndpoint(HubConnection connection, int connectSeconds) {
    component = new CloudEndpointComponent(Map.of("kura.service.pid", "endpoint"), connectSeconds);
    component.bindConnection(connection);
    component.activate();
  }

  public IotHubEndpoint endpoint() {
    return component;
  }

  @Override
  public void close() {
    component.deactivate();
  }
}
