/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.azure.emulator.hub.HubEmulator;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that speaks MQTT itself, to send what Microsoft's SDK would not. */
final class MqttDevice implements AutoCloseable {
  private final MqttAsyncClient client;
  private final MqttConnectOptions options = new MqttConnectOptions();
  private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

  /** A message that came. */
  record Arrived(String topic, String text) {}

  MqttDevice(AzureEmulator azure, HubEmulator hub) throws MqttException {
    client =
        new MqttAsyncClient(
            "ssl://" + hub.hostName() + ":" + hub.mqttPort(),
            TestBed.DEVICE,
            new MemoryPersistence());
    options.setSocketFactory(azure.clientContext().getSocketFactory());
    options.setHttpsHostnameVerificationEnabled(true);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setConnectionTimeout((int) TestBed.SOON.toSeconds());
    options.setUserName(hub.hostName() + "/" + TestBed.DEVICE + "/?api-version=2021-04-12");
    options.setPassword(hub.sasToken(TestBed.DEVICE, Duration.ofHours(1)).toCharArray());
    client.setCallback(new Callback());
  }

  MqttConnectOptions options() {
    return options;
  }

  /** Whether the hub had kept a session. */
  boolean connect() throws MqttException {
    return connect(TestBed.SOON);
  }

  boolean connect(Duration limit) throws MqttException {
    IMqttToken token = client.connect(options);
    token.waitForCompletion(limit.toMillis());
    return token.getSessionPresent();
  }

  /** The return code of a CONNECT that is refused. */
  int refused() {
    try {
      connect();
    } catch (MqttException e) {
      return e.getReasonCode();
    }
    throw new AssertionError("was accepted");
  }

  String events() {
    return "devices/" + TestBed.DEVICE + "/messages/events/";
  }

  IMqttDeliveryToken publish(String topic, String text, int qos) throws MqttException {
    return client.publish(topic, text.getBytes(UTF_8), qos, false);
  }

  /** The granted QoS, 128 when there is none. */
  int subscribe(String filter, int qos) throws MqttException {
    IMqttToken token = client.subscribe(filter, qos);
    token.waitForCompletion(TestBed.SOON.toMillis());
    return token.getGrantedQos()[0];
  }

  Arrived awaitMessage() throws InterruptedException {
    Arrived message = arrived.poll(TestBed.SOON.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("nothing arrived");
    }
    return message;
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** Waits until the connection is lost; the cause. */
  Throwable awaitLoss() throws Exception {
    return lost.get(TestBed.SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  void disconnect() throws MqttException {
    client.disconnect().waitForCompletion(TestBed.SOON.toMillis());
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(0, 100, false);
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      // Paho cannot close a client whose CONNECT has no answer: it goes with its socket.
      assertEquals(MqttException.REASON_CODE_CONNECT_IN_PROGRESS, e.getReasonCode());
    }
  }

  private final class Callback implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      lost.complete(cause.getCause() == null ? cause : cause.getCause());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      arrived.add(new Arrived(topic, new String(message.getPayload(), UTF_8)));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // The token that publish returned tells it.
    }
  }
}
