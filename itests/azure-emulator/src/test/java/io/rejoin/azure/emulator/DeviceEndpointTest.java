/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import io.rejoin.azure.emulator.hub.ErrorShape;
import io.rejoin.azure.emulator.hub.Feedback;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubError;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The hub's HTTPS side: the device endpoint, and MQTT over WebSockets. Under a name from the test
 * JVM's hosts file, since the SDK takes no port after an address.
 */
class DeviceEndpointTest {
  private static final String HUB = "hub-a.azure-devices.test";
  private static final String VERSION = "?api-version=2020-09-30";

  private AzureEmulator azure;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.builder().hubA(HUB, "127.0.1.2").mqttPort(0).start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldAnswerTheProbeOfAGoodCredentialWithLockLost() throws Exception {
    assertError(HubError.LOCK_LOST, probe());
    assertEquals(0, hub.journal().received());
  }

  @Test
  void shouldTellTheProbeThatTheDeviceIsUnknown() throws Exception {
    String token = token();
    hub.registry().delete(DEVICE);

    assertError(HubError.DEVICE_NOT_FOUND, probe(token));
  }

  @Test
  void shouldTellTheProbeThatTheDeviceIsDisabled() throws Exception {
    hub.registry().disable(DEVICE);

    assertError(HubError.DEVICE_DISABLED, probe());
  }

  @Test
  void shouldTellTheProbeThatTheTokenIsBad() throws Exception {
    assertError(HubError.UNAUTHORIZED, probe(hub.sasToken(DEVICE, Duration.ofHours(-1))));
    assertError(HubError.UNAUTHORIZED, probe(null));
  }

  @ParameterizedTest
  @EnumSource(HubError.class)
  void shouldTellWhateverIsWrongWithTheHub(HubError error) throws Exception {
    hub.faults().fail(error);

    assertError(error, probe());
  }

  @Test
  void shouldTellErrorsInEachShape() throws Exception {
    String token = token();
    hub.registry().delete(DEVICE);

    hub.errorShape(ErrorShape.NAME_IN_HEADER);
    HttpResponse<String> named = probe(token);
    assertEquals("DeviceNotFound", named.headers().firstValue("iothub-errorcode").orElseThrow());
    assertFalse(named.body().contains("DeviceNotFound"), named.body());

    hub.errorShape(ErrorShape.NAME_IN_BODY);
    HttpResponse<String> inBody = probe(token);
    assertTrue(inBody.headers().firstValue("iothub-errorcode").isEmpty());
    String message = json(inBody.body()).get("Message").getAsString();
    assertTrue(message.startsWith("ErrorCode:DeviceNotFound;"), message);
    String tracking = json(inBody.body()).get("ExceptionMessage").getAsString();
    assertTrue(tracking.startsWith("Tracking ID:"), tracking);

    hub.errorShape(ErrorShape.NUMBER_IN_BODY);
    String nested = json(probe(token).body()).get("Message").getAsString();
    assertEquals(404001, json(nested).get("errorCode").getAsInt());

    hub.errorShape(ErrorShape.STATUS_ONLY);
    assertEquals("", probe(token).body());
    assertEquals(404, probe(token).statusCode());
  }

  @Test
  void shouldTellThrottlingWithRetryAfter() throws Exception {
    hub.faults().fail(HubError.BACKLOG_TIMEOUT);
    hub.retryAfter(Duration.ofSeconds(42));

    assertEquals("42", probe().headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void shouldTellTheTimeByItsOwnClock() throws Exception {
    hub.clock().skew(Duration.ofHours(-3));

    String date = probe().headers().firstValue("Date").orElseThrow();

    Instant told = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    assertTrue(told.isBefore(Instant.now().minus(Duration.ofHours(2))), date);
  }

  @Test
  void shouldRedirectLikeALoginPage() throws Exception {
    hub.faults().answerHttps(HttpReply.status(302).with("Location", "http://login.example/"));

    HttpResponse<String> redirect = probe();

    assertEquals(302, redirect.statusCode());
    assertEquals("http://login.example/", redirect.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void shouldInsistOnAnApiVersion() throws Exception {
    HttpResponse<String> refused =
        send("DELETE", "/devices/gateway-1/messages/deviceBound/x", token(), "");

    assertError(HubError.BAD_FORMAT, refused);
  }

  @Test
  void shouldJudgeACertificateByItsThumbprint() throws Exception {
    Identity identity = azure.ca().issueClient(DEVICE);
    hub.registry().add(DEVICE, Thumbprints.of(identity.certificate()));

    assertError(HubError.LOCK_LOST, probe(azure.clientContext(identity), null));
    assertError(HubError.UNAUTHORIZED, probe(azure.clientContext(), null));
    Identity other = azure.ca().issueClient(DEVICE);
    assertError(HubError.UNAUTHORIZED, probe(azure.clientContext(other), null));
  }

  @Test
  void shouldReceiveAMessage() throws Exception {
    HttpRequest request =
        request("/devices/gateway-1/messages/events" + VERSION, token())
            .header("iothub-messageid", "m-1")
            .header("iothub-app-unit", "bar")
            .POST(BodyPublishers.ofString("7"))
            .build();

    assertEquals(
        204, http(azure.clientContext()).send(request, BodyHandlers.ofString()).statusCode());

    ReceivedMessage message = hub.journal().messages().get(0);
    assertEquals("7", message.text());
    assertEquals("m-1", message.messageId());
    assertEquals("bar", message.property("unit"));
  }

  @Test
  void shouldHandOutMessagesUntilSettled() throws Exception {
    String path = "/devices/gateway-1/messages/deviceBound";
    CompletableFuture<Feedback> feedback = hub.sendToDevice(DEVICE, ToDeviceMessage.of("hello"));

    HttpResponse<String> first = send("GET", path + VERSION, token(), "");
    assertEquals("hello", first.body());
    assertEquals(204, send("GET", path + VERSION, token(), "").statusCode());
    String abandon = path + "/" + lockOf(first) + "/abandon" + VERSION;
    assertEquals(204, send("POST", abandon, token(), "").statusCode());
    String lock = lockOf(send("GET", path + VERSION, token(), ""));
    assertEquals(204, send("DELETE", path + "/" + lock + VERSION, token(), "").statusCode());

    assertEquals(Feedback.COMPLETED, feedback.get(60, TimeUnit.SECONDS));
    assertEquals(204, send("GET", path + VERSION, token(), "").statusCode());
  }

  private static String lockOf(HttpResponse<String> received) {
    return received.headers().firstValue("ETag").orElseThrow().replace("\"", "");
  }

  @Test
  void shouldServeTheSdkOverWebSockets() throws Exception {
    String connection = hub.connectionString(DEVICE).replace(HUB, HUB + ":" + hub.httpsPort());
    try (SdkClient sdk = SdkClient.of(azure, connection, IotHubClientProtocol.MQTT_WS).open()) {
      assertEquals(IotHubStatusCode.OK, sdk.send("over port 443").get(60, TimeUnit.SECONDS));
      assertEquals("over port 443", hub.journal().of(DEVICE).get(0).text());
    }
  }

  private HttpResponse<String> probe() throws Exception {
    return probe(token());
  }

  private HttpResponse<String> probe(@Nullable String token) throws Exception {
    return probe(azure.clientContext(), token);
  }

  private HttpResponse<String> probe(SSLContext trust, @Nullable String token) throws Exception {
    String path = "/devices/gateway-1/messages/deviceBound/" + UUID.randomUUID() + VERSION;
    return http(trust).send(request(path, token).DELETE().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws Exception {
    HttpRequest request =
        request(path, token).method(method, BodyPublishers.ofString(body)).build();
    return http(azure.clientContext()).send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://" + HUB + ":" + hub.httpsPort() + path))
            .timeout(TestBed.SOON);
    return token == null ? request : request.header("Authorization", token);
  }

  private static HttpClient http(SSLContext trust) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trust).build();
  }

  private String token() {
    return hub.sasToken(DEVICE, Duration.ofHours(1));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static void assertError(HubError expected, HttpResponse<String> response) {
    assertEquals(expected.status(), response.statusCode(), response.body());
    assertEquals(expected.title(), response.headers().firstValue("iothub-errorcode").orElseThrow());
  }
}
