/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static io.rejoin.azure.emulator.TestBed.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of MQTT that IoT Hub holds a device to. */
class MqttRulesTest {
  private AzureEmulator azure;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.builder().mqttPort(0).start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldRefuseAUserNameForAnotherHub() throws Exception {
    assertUserNameRefused("127.0.1.3/gateway-1/?api-version=2021-04-12", "hub 127.0.1.3");
  }

  @Test
  void shouldRefuseAUserNameForAnotherDevice() throws Exception {
    assertUserNameRefused("127.0.1.2/gateway-2/?api-version=2021-04-12", "device gateway-2");
  }

  @Test
  void shouldRefuseAUserNameWithoutApiVersion() throws Exception {
    assertUserNameRefused("127.0.1.2/gateway-1", "api-version");
  }

  private void assertUserNameRefused(String userName, String reason) throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.options().setUserName(userName);

      assertEquals(5, device.refused());
      String detail = hub.log().all(Kind.REFUSED).get(0).detail();
      assertTrue(detail.contains(reason), detail);
    }
  }

  @Test
  void shouldRefuseMqtt31With1() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.options().setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);

      assertEquals(1, device.refused());
    }
  }

  @Test
  void shouldEndAConnectionThatPublishesWithQos2() throws Exception {
    assertViolation("devices/gateway-1/messages/events/", 2, "QoS 2");
  }

  @Test
  void shouldEndAConnectionThatPublishesElsewhere() throws Exception {
    assertViolation("devices/gateway-2/messages/events/", 1, "publish to devices/gateway-2");
  }

  private void assertViolation(String topic, int qos, String what) throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();

      device.publish(topic, "x", qos);

      assertEquals(EOFException.class, device.awaitLoss().getClass());
      assertTrue(hub.log().all(Kind.PROTOCOL_VIOLATION).get(0).detail().contains(what));
      assertEquals(0, hub.journal().received());
    }
  }

  @Test
  void shouldEndAConnectionThatSendsMoreThan256Kilobytes() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events(), "x".repeat(200 * 1024), 1).waitForCompletion(SOON.toMillis());

      device.publish(device.events(), "x".repeat(256 * 1024 + 1), 1);

      device.awaitLoss();
      assertEquals(1, hub.journal().received());
    }
  }

  @Test
  void shouldGrantAtMostQos1AndKnownTopicsOnly() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();

      assertEquals(1, device.subscribe("$iothub/methods/POST/#", 2));
      assertEquals(0, device.subscribe("$iothub/twin/res/#", 0));
      assertEquals(128, device.subscribe("devices/gateway-2/messages/devicebound/#", 1));
    }
  }

  @Test
  void shouldKeepSubscriptionsOfAPersistentSession() throws Exception {
    try (MqttDevice first = new MqttDevice(azure, hub)) {
      assertFalse(first.connect());
      first.subscribe("$iothub/methods/POST/#", 1);
      first.disconnect();
    }
    hub.awaitDisconnected(DEVICE, SOON);
    try (MqttDevice second = new MqttDevice(azure, hub)) {
      assertTrue(second.connect());

      hub.invokeMethod(DEVICE, "blink", "{}").cancel(false);

      assertTrue(second.awaitMessage().topic().startsWith("$iothub/methods/POST/blink/?$rid="));
    }
  }

  @Test
  void shouldForgetSubscriptionsOfACleanSession() throws Exception {
    try (MqttDevice first = new MqttDevice(azure, hub)) {
      first.connect();
      first.subscribe("$iothub/twin/PATCH/properties/desired/#", 0);
      first.disconnect();
    }
    hub.awaitDisconnected(DEVICE, SOON);
    try (MqttDevice second = new MqttDevice(azure, hub)) {
      second.options().setCleanSession(true);
      assertFalse(second.connect());
      second.subscribe("$iothub/methods/POST/#", 1);

      hub.patchDesired(DEVICE, "{\"interval\":5}");
      hub.invokeMethod(DEVICE, "blink", "{}").cancel(false);

      assertTrue(second.awaitMessage().topic().startsWith("$iothub/methods/"));
    }
  }

  @Test
  void shouldKeepAMessageWithQos0() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();

      device.publish(device.events() + "$.mid=m%201&k=", "x", 0);

      hub.journal().await("m 1", message -> message.messageId().equals("m 1"), SOON);
      assertEquals("m 1", hub.journal().messages().get(0).messageId());
      assertEquals(0, hub.journal().messages().get(0).qos());
      assertEquals(0, hub.counted(HubCount.PUBACKS));
    }
  }

  @Test
  void shouldEndAConnectionThatIsSilentForOneAndAHalfKeepAlives() throws Exception {
    String token = hub.sasToken(DEVICE, Duration.ofHours(1));
    String user = hub.hostName() + "/gateway-1/?api-version=2021-04-12";
    try (SSLSocket socket =
        (SSLSocket)
            azure.clientContext().getSocketFactory().createSocket("127.0.1.2", hub.mqttPort())) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(RawConnect.packet(DEVICE, user, token, 1));
      InputStream in = socket.getInputStream();
      assertEquals(0x20, in.readNBytes(4)[0]);

      assertEquals(-1, in.read());

      hub.log().await(Kind.DISCONNECTED, 1, SOON);
      assertTrue(hub.log().all(Kind.DISCONNECTED).get(0).detail().contains("keep-alive"));
    }
  }

  @Test
  void shouldAnswerTwinRequestsAboveTheLimitWith429() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.subscribe("$iothub/twin/res/#", 0);
      hub.limits().twin(0.001);

      device.publish("$iothub/twin/GET/?$rid=1", "", 1);
      assertEquals("$iothub/twin/res/200/?$rid=1", device.awaitMessage().topic());
      device.publish("$iothub/twin/GET/?$rid=2", "", 1);
      assertEquals("$iothub/twin/res/429/?$rid=2", device.awaitMessage().topic());
      hub.faults().answerTwin(503);
      device.publish("$iothub/twin/PATCH/properties/reported/?$rid=3", "{}", 1);
      assertEquals("$iothub/twin/res/503/?$rid=3", device.awaitMessage().topic());
    }
  }

  @Test
  void shouldAnswerAMalformedTwinPatchWith400() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.subscribe("$iothub/twin/res/#", 0);

      device.publish("$iothub/twin/PATCH/properties/reported/?$rid=1", "no JSON", 1);

      assertEquals("$iothub/twin/res/400/?$rid=1", device.awaitMessage().topic());
    }
  }

  @Test
  void shouldRemoveATwinPropertyThatIsPatchedWithNull() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.subscribe("$iothub/twin/res/#", 0);
      String patch = "$iothub/twin/PATCH/properties/reported/?$rid=";

      device.publish(patch + 1, "{\"a\":{\"b\":1,\"c\":2}}", 1);
      assertEquals("$iothub/twin/res/204/?$rid=1&$version=2", device.awaitMessage().topic());
      device.publish(patch + 2, "{\"a\":{\"b\":null}}", 1);
      assertEquals("$iothub/twin/res/204/?$rid=2&$version=3", device.awaitMessage().topic());

      assertEquals("{\"a\":{\"c\":2}}", hub.reported(DEVICE).toString());
    }
  }
}
