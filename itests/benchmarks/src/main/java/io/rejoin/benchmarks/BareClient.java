/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import javax.net.ssl.SSLContext;

/** With the very options that our link gives the SDK, and its own retry policy. */
public final class BareClient implements BareSdk {
  private final DeviceClient client;

  /** Called by reflection, from other classes than this one's. */
  public BareClient(String connectionString, SSLContext context) {
    ClientOptions options =
        ClientOptions.builder()
            .sslContext(context)
            .keepAliveInterval(60)
            .sendInterval(1)
            .receiveInterval(1)
            .messagesSentPerSendInterval(1000)
            .messageExpirationCheckPeriod(0)
            .logRoutineDisconnectsAsErrors(false)
            .build();
    client = new DeviceClient(connectionString, IotHubClientProtocol.MQTT, options);
  }

  @Override
  public void onConnected(Runnable callback) {
    client.setConnectionStatusChangeCallback(
        change -> {
          if (change.getNewStatus() == IotHubConnectionStatus.CONNECTED) {
            callback.run();
          }
        },
        null);
  }

  @Override
  public void open() throws Exception {
    client.open(false);
  }

  @Override
  public void send(String messageId, byte[] body, Runnable confirmed) {
    Message message = new Message(body);
    message.setMessageId(messageId);
    message.setCorrelationId(null); // as ours has none
    client.sendEventAsync(
        message,
        (sent, exception, context) -> {
          if (exception == null) {
            confirmed.run();
          }
        },
        null);
  }

  @Override
  public void close() {
    client.close();
  }
}
