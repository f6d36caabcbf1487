/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

/** How MQTT travels. */
public enum Transport {
  /** MQTT over TLS. */
  MQTT(8883),
  /** MQTT over WebSockets over TLS, for networks that let only HTTPS out. */
  MQTT_WS(443);

  private final int port;

  Transport(int port) {
    this.port = port;
  }

  /** IoT Hub's port for it. */
  public int port() {
    return port;
  }
}
