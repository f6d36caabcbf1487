/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import static io.rejoin.itests.link.Bed.DEVICE;
import static io.rejoin.itests.link.Bed.message;
import static io.rejoin.itests.link.Bed.send;
import static io.rejoin.itests.link.Cloud.next;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.Transport;
import io.rejoin.azure.iothub.link.probe.HttpsHubProbe;
import io.rejoin.azure.iothub.link.socket.HttpProxy;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets and proxies. */
class WaysTest {
  private static final String LOGIN = "plant:s3cret&more";

  private Bed bed;
  private HubEmulator hub;
  private WebSocketFront front;
  private TestProxy proxy;

  @BeforeEach
  void start() throws IOException {
    bed = new Bed();
    hub = bed.hub;
    front = new WebSocketFront(bed.azure.ca(), hub.hostName(), hub.mqttPort());
    proxy = new TestProxy("127.0.2.5", LOGIN);
  }

  @AfterEach
  void stop() {
    proxy.close();
    front.close();
    bed.close();
  }

  @Test
  void shouldSpeakMqttOverAWebSocket() throws Exception {
    HubLink link = bed.open(overWebSocket().build(), new Events());

    assertEquals("confirmed", send(link, message("m", "x".repeat(100_000))).await());
    hub.sendToDevice(DEVICE, ToDeviceMessage.of("hello").propertyWithoutValue("none", false));
    assertTrue(next(bed.cloud.messages).properties().containsKey("none"));
    link.twin().toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void shouldNoticeThatTheWebSocketWasClosed() {
    Events events = new Events();
    bed.open(overWebSocket().build(), events);

    hub.mqttDoor().dropAll();

    assertEquals(FailureKind.CONNECTION_CLOSED, events.awaitLost().kind());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 302 Found, CAPTIVE_PORTAL",
    "HTTP/1.1 429 Too Many Requests, THROTTLED",
    "HTTP/1.1 503 Service Unavailable, SERVER_ERROR",
    "HTTP/1.1 404 Not Found, UNKNOWN",
    "SSH-2.0-OpenSSH, UNKNOWN",
  })
  void shouldReadWhyThereIsNoWebSocket(String answer, FailureKind kind) {
    front.refuse(answer);

    Failure failure = failed(overWebSocket().build());

    assertEquals(kind, failure.kind());
    assertTrue(failure.detail().contains(answer), failure::detail);
  }

  @Test
  void shouldGoThroughAProxyThatWantsAPassword() {
    HubLink link = bed.open(overWebSocket().proxy(proxy(LOGIN)).build(), new Events());

    assertEquals("confirmed", send(link, message("m", "x")).await());
    assertEquals("127.0.2.2:" + front.port(), proxy.lastTarget);
  }

  @Test
  void shouldProbeThroughTheProxy() throws Exception {
    HttpsHubProbe probe = new HttpsHubProbe(bed.runtime, null);

    assertNull(
        probe
            .ask(bed.settings().proxy(proxy(LOGIN)).build())
            .toCompletableFuture()
            .get(20, SECONDS)
            .failure());
    assertEquals("127.0.2.2:" + hub.httpsPort(), proxy.lastTarget);
  }

  @Test
  void shouldLetTheProxyLookTheNameUp() {
    LinkSettings settings = bed.settings("nowhere.test").proxy(proxy(LOGIN)).build();
    proxy.refuse("HTTP/1.1 502 No such host");

    assertEquals(FailureKind.PROXY_REFUSED, failed(settings).kind());
    assertEquals("nowhere.test:" + hub.mqttPort(), proxy.lastTarget);
  }

  @Test
  void shouldSayThatTheProxyWantsAnotherPassword() {
    Failure failure = failed(overWebSocket().proxy(proxy("plant:wrong")).build());

    assertEquals(FailureKind.PROXY_REFUSED, failure.kind());
    assertEquals(407, failure.httpStatus());
    assertFalse(failure.words().contains("wrong"), failure::words);
  }

  @Test
  void shouldSayThatTheProxyCannotBeReached() {
    HttpProxy closed = new HttpProxy("127.0.2.9", 9, null);

    Failure failure = failed(overWebSocket().proxy(closed).build());

    assertEquals(FailureKind.PROXY_REFUSED, failure.kind());
    assertTrue(failure.detail().startsWith("proxy 127.0.2.9:9 cannot be reached"), failure::detail);
  }

  @Test
  void shouldSayThatTheProxySpeaksSomethingElse() {
    proxy.refuse("SOCKS? no");

    assertEquals(
        FailureKind.PROXY_REFUSED, failed(overWebSocket().proxy(proxy(LOGIN)).build()).kind());
  }

  private LinkSettings.Builder overWebSocket() {
    return bed.settings().transport(Transport.MQTT_WS).mqttPort(front.port());
  }

  private HttpProxy proxy(String login) {
    String[] parts = login.split(":");
    return new HttpProxy("127.0.2.5", proxy.port(), new HttpProxy.Credentials(parts[0], parts[1]));
  }

  private Failure failed(LinkSettings settings) {
    Events events = new Events();
    bed.start(settings, events);
    return events.awaitOpenFailed();
  }
}
