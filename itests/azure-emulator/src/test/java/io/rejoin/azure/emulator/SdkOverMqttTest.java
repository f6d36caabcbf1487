/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static io.rejoin.azure.emulator.TestBed.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.SasTokenProvider;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.twin.DirectMethodResponse;
import io.rejoin.azure.emulator.hub.Feedback;
import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.hub.HubException;
import io.rejoin.azure.emulator.hub.MethodReply;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hub does for, and to, a device that uses Microsoft's SDK 2.5.0 over MQTT and TLS. */
class SdkOverMqttTest {
  private AzureEmulator azure;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldReceiveConfirmAndKeepAMessage() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      Message message = new Message("21.5 °C");
      message.setMessageId("m-1");
      message.setContentType("text/plain");
      message.setProperty("unit", "degree & more");

      assertEquals(IotHubStatusCode.OK, sdk.send(message).get(60, SECONDS));

      ReceivedMessage received = hub.journal().of(DEVICE).get(0);
      assertEquals("21.5 °C", received.text());
      assertEquals("m-1", received.messageId());
      assertEquals("text/plain", received.contentType());
      assertEquals("degree & more", received.property("unit"));
      assertEquals(1, received.qos());
      assertEquals(1, hub.counted(HubCount.PUBACKS));
    }
  }

  @Test
  void shouldAcceptATokenMadeByTheDevice() throws Exception {
    SasTokenProvider tokens = () -> hub.sasToken(DEVICE, Duration.ofHours(1)).toCharArray();
    try (SdkClient sdk = SdkClient.withToken(azure, hub, tokens).open()) {
      assertTrue(hub.isConnected(DEVICE));
    }
  }

  @Test
  void shouldRefuseAnExpiredTokenWith5() {
    SasTokenProvider tokens = () -> hub.sasToken(DEVICE, Duration.ofMinutes(-1)).toCharArray();

    assertRefused(SdkClient.withToken(azure, hub, tokens), "expired");
  }

  @Test
  void shouldRefuseAWrongKeyWith5() {
    String right = hub.connectionString(DEVICE);
    hub.registry().add(DEVICE);

    assertRefused(SdkClient.of(azure, right), "signature");
  }

  @Test
  void shouldRefuseATokenForAnotherHubWith5() {
    azure.hubB().registry().add(DEVICE, hub.registry().find(DEVICE).orElseThrow().credential());
    SasTokenProvider tokens =
        () -> azure.hubB().sasToken(DEVICE, Duration.ofHours(1)).toCharArray();

    assertRefused(SdkClient.withToken(azure, hub, tokens), "audience");
  }

  @Test
  void shouldRefuseAnUnknownDeviceWith5() {
    String connectionString = hub.connectionString(DEVICE);
    hub.registry().delete(DEVICE);

    assertRefused(SdkClient.of(azure, connectionString), "DEVICE_NOT_FOUND");
  }

  @Test
  void shouldRefuseADisabledDeviceWith5() {
    hub.registry().disable(DEVICE);

    assertRefused(SdkClient.of(azure, hub), "DEVICE_DISABLED");
  }

  @Test
  void shouldAcceptAKnownCertificate() throws Exception {
    Identity identity = azure.ca().issueClient(DEVICE);
    hub.registry().add(DEVICE, Thumbprints.of(identity.sha1Thumbprint()));

    try (SdkClient sdk = SdkClient.withCertificate(azure, hub, identity).open()) {
      assertEquals(IotHubStatusCode.OK, sdk.send("hello").get(60, SECONDS));
    }
  }

  @Test
  void shouldRefuseAnUnknownCertificateWith5() throws Exception {
    hub.registry().add(DEVICE, Thumbprints.of(azure.ca().issueClient(DEVICE).thumbprint()));
    Identity other = azure.ca().issueClient(DEVICE);

    assertRefused(SdkClient.withCertificate(azure, hub, other), "thumbprint");
  }

  @Test
  void shouldEndTheHandshakeOfAnExpiredCertificate() throws Exception {
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    Identity expired =
        azure.ca().issueClient(DEVICE, now.minus(day.multipliedBy(2)), now.minus(day));
    hub.registry().add(DEVICE, Thumbprints.of(expired.thumbprint()));

    try (SdkClient sdk = SdkClient.withCertificate(azure, hub, expired)) {
      assertThrows(IotHubClientException.class, sdk::open);
    }
    assertEquals(0, hub.counted(HubCount.CONNECTS));
    assertEquals(1, hub.mqttDoor().tlsFailures());
  }

  @Test
  void shouldDropTheOlderOfTwoConnections() throws Exception {
    try (SdkClient older = SdkClient.of(azure, hub).open();
        SdkClient newer = SdkClient.of(azure, hub).open()) {
      older.awaitStatus(IotHubConnectionStatus.DISCONNECTED);

      assertEquals(1, hub.counted(HubCount.DISPLACED));
      assertTrue(hub.isConnected(DEVICE));
      assertEquals(IotHubStatusCode.OK, newer.send("still here").get(60, SECONDS));
    }
  }

  @Test
  void shouldDropAConnectionWhenItsTokenExpires() throws Exception {
    SasTokenProvider tokens = () -> hub.sasToken(DEVICE, Duration.ofSeconds(2)).toCharArray();
    try (SdkClient sdk = SdkClient.withToken(azure, hub, tokens).open()) {
      sdk.awaitStatus(IotHubConnectionStatus.DISCONNECTED);

      hub.log().await(Kind.TOKEN_EXPIRED, 1, SOON);
      assertFalse(hub.isConnected(DEVICE));
    }
  }

  @Test
  void shouldDropADeviceThatIsDeleted() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      hub.registry().delete(DEVICE);

      sdk.awaitStatus(IotHubConnectionStatus.DISCONNECTED);
    }
  }

  @Test
  void shouldWithholdAndReleasePubacks() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      hub.faults().pubacks(Pubacks.WITHHELD);
      CompletableFuture<IotHubStatusCode> outcome = sdk.send("waiting");
      hub.journal().await(1, SOON);
      assertEquals(0, hub.counted(HubCount.PUBACKS));

      hub.releasePubacks();

      assertEquals(IotHubStatusCode.OK, outcome.get(60, SECONDS));
    }
  }

  @Test
  void shouldConfirmAtOnceWhenTold() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      hub.faults().pubacks(Pubacks.AT_ONCE);

      assertEquals(IotHubStatusCode.OK, sdk.send("quick").get(60, SECONDS));
    }
  }

  @Test
  void shouldDeliverToADevice() throws Exception {
    BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    try (SdkClient sdk = SdkClient.of(azure, hub)) {
      sdk.client()
          .setMessageCallback(
              (message, context) -> {
                received.add(message);
                return IotHubMessageResult.COMPLETE;
              },
              null);
      sdk.open();

      CompletableFuture<Feedback> feedback =
          hub.sendToDevice(DEVICE, ToDeviceMessage.of("open the valve").property("unit", "7 b"));

      Message message = received.poll(60, SECONDS);
      assertEquals("open the valve", new String(message.getBytes(), UTF_8));
      assertEquals("7 b", message.getProperty("unit"));
      assertEquals(Feedback.COMPLETED, feedback.get(60, SECONDS));
      assertEquals(0, hub.messagesWaitingFor(DEVICE));
    }
  }

  @Test
  void shouldKeepAMessageForADeviceThatIsAway() throws Exception {
    CompletableFuture<Feedback> feedback =
        hub.sendToDevice(DEVICE, ToDeviceMessage.of("for later"));
    CompletableFuture<Message> received = new CompletableFuture<>();
    try (SdkClient sdk = SdkClient.of(azure, hub)) {
      sdk.client()
          .setMessageCallback(
              (message, context) -> {
                received.complete(message);
                return IotHubMessageResult.COMPLETE;
              },
              null);
      sdk.open();

      assertEquals("for later", new String(received.get(60, SECONDS).getBytes(), UTF_8));
      assertEquals(Feedback.COMPLETED, feedback.get(60, SECONDS));
    }
  }

  @Test
  void shouldBreakTheSdkWithAPropertyWithoutValue() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      CompletableFuture<Feedback> feedback =
          hub.sendToDevice(
              DEVICE, ToDeviceMessage.of("poison").propertyWithoutValue("flag", false));

      sdk.awaitStatus(IotHubConnectionStatus.DISCONNECTED);
      assertFalse(feedback.isDone());
      assertEquals(1, hub.messagesWaitingFor(DEVICE));
    }
  }

  @Test
  void shouldGiveUpAMessageAfterTooManyDeliveries() throws Exception {
    hub.maxDeliveries(2);
    CompletableFuture<Feedback> feedback =
        hub.sendToDevice(DEVICE, ToDeviceMessage.of("poison").propertyWithoutValue("flag", true));
    for (int delivery = 1; delivery <= 2; delivery++) {
      try (SdkClient sdk = SdkClient.of(azure, hub)) {
        breakByPoison(sdk);
      }
    }
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      assertEquals(Feedback.DEAD_LETTERED, feedback.get(60, SECONDS));
      assertTrue(hub.isConnected(DEVICE));
    }
  }

  @Test
  void shouldCallAMethod() throws Exception {
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      assertThrows(HubException.class, () -> hub.invokeMethod(DEVICE, "blink", "{}"));
      sdk.client()
          .subscribeToMethods(
              (name, payload, context) ->
                  new DirectMethodResponse(name.equals("blink") ? 200 : 404, "{\"times\":3}"),
              null);

      MethodReply reply = hub.invokeMethod(DEVICE, "blink", "{}").get(60, SECONDS);

      assertEquals(200, reply.status());
      assertTrue(reply.payload().contains("times"), reply.payload());
    }
  }

  @Test
  void shouldKeepATwin() throws Exception {
    hub.patchDesired(DEVICE, "{\"interval\":5}");
    try (SdkClient sdk = SdkClient.of(azure, hub).open()) {
      CompletableFuture<Integer> pushed = new CompletableFuture<>();
      sdk.client()
          .subscribeToDesiredProperties(
              (twin, context) -> {
                if (twin.getDesiredProperties().containsKey("interval")) {
                  pushed.complete(
                      ((Number) twin.getDesiredProperties().get("interval")).intValue());
                }
              },
              null);
      var twin = sdk.twin();
      assertEquals(5, ((Number) twin.getDesiredProperties().get("interval")).intValue());

      twin.getReportedProperties().put("firmware", "1.2");
      sdk.client()
          .updateReportedPropertiesAsync(
              twin.getReportedProperties(), (status, reply, failure, context) -> {}, null);
      hub.await(HubCount.TWIN_PATCHES, 1, SOON);
      hub.patchDesired(DEVICE, "{\"interval\":6}");

      assertEquals("1.2", hub.reported(DEVICE).get("firmware").getAsString());
      assertEquals(6, pushed.get(60, SECONDS));
    }
  }

  /**
   * From the second time on it comes with the session, before the SDK has subscribed: then the SDK
   * either fails to open, trips over its own closing (a NullPointerException out of {@code open}),
   * or does not notice that its connection is gone.
   */
  private void breakByPoison(SdkClient sdk) {
    try {
      sdk.open();
    } catch (IotHubClientException e) {
      assertNotEquals(IotHubStatusCode.UNAUTHORIZED, e.getStatusCode());
    } catch (NullPointerException tripped) {
      assertEquals(
          "com.microsoft.azure.sdk.iot.device.DeviceIO", tripped.getStackTrace()[0].getClassName());
    }
    hub.awaitDisconnected(DEVICE, SOON);
  }

  private void assertRefused(SdkClient refused, String trueReason) {
    try (SdkClient sdk = refused) {
      IotHubClientException failure = assertThrows(IotHubClientException.class, sdk::open);

      assertEquals(IotHubStatusCode.UNAUTHORIZED, failure.getStatusCode());
      assertEquals(1, hub.refusedWith(5));
      String detail = hub.log().all(Kind.REFUSED).get(0).detail();
      assertTrue(detail.contains(trueReason), detail);
    }
  }
}
