/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/**
 * Gives Paho, the MQTT client inside the SDK, our network modules in place of its own. Paho finds
 * it by {@link java.util.ServiceLoader} on its own class loader, which is this bundle's.
 */
public final class LinkNetworkModuleFactory implements NetworkModuleFactory {
  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of("ssl", "wss");
  }

  @Override
  public void validateURI(URI brokerUri) {
    if (brokerUri.getHost() == null) {
      throw new IllegalArgumentException("no host name that Java accepts in " + brokerUri);
    }
  }

  @Override
  public NetworkModule createNetworkModule(
      URI brokerUri, MqttConnectOptions options, String clientId) {
    if (!(options.getSocketFactory() instanceof LinkSocketFactory factory)) {
      throw new IllegalArgumentException("not one of this bundle's clients");
    }
    return new LinkNetworkModule(factory.sockets(), brokerUri, brokerUri.getScheme().equals("wss"));
  }
}
