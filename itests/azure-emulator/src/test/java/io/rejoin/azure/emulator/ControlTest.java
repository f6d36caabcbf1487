/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static io.rejoin.azure.emulator.TestBed.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.net.Greeting;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control page, as a browser and as a script see it. */
class ControlTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private AzureEmulator azure;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.builder().mqttPort(0).controlPort(0).start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
    azure.hubB().registry().add(DEVICE);
    azure.dps().enrol(DEVICE, hub);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldOfferEachCommandWithDefaultsThatWork() throws Exception {
    String page = get("").body();
    Matcher form =
        Pattern.compile("<form method=\"post\" action=\"/([^\"]+)\">(.*?)</form>").matcher(page);
    int forms = 0;
    while (form.find()) {
      forms++;
      HttpResponse<String> done = post(form.group(1), fields(form.group(1), form.group(2)));
      // No device listens here, so that a method cannot be called.
      int expected = form.group(1).endsWith("/method") ? 400 : 200;
      assertEquals(expected, done.statusCode(), form.group(1) + ": " + done.body());
      hub.registry().add(DEVICE);
      azure.hubB().registry().add(DEVICE);
      azure.dps().enrol(DEVICE, hub);
    }
    assertTrue(forms > 70, forms + " forms");
  }

  /** As the page has them, except that a device is named, and an address that is this test's. */
  private static String fields(String path, String form) {
    Map<String, String> own =
        Map.of("id", DEVICE, "address", path.startsWith("hub/a") ? "127.0.1.6" : "127.0.1.7");
    Matcher field = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"").matcher(form);
    StringBuilder body = new StringBuilder();
    while (field.find()) {
      String value = own.getOrDefault(field.group(1), field.group(2).replace("&quot;", "\""));
      body.append(field.group(1)).append('=').append(URLEncoder.encode(value, UTF_8)).append('&');
    }
    return body.toString();
  }

  @Test
  void shouldRefuseAsTold() throws Exception {
    assertEquals("done\n", post("hub/a/refuse?code=4&times=1", "").body());
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      assertEquals(4, device.refused());
    }
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
    }
  }

  @Test
  void shouldTakeAFormAsABrowserSendsIt() throws Exception {
    assertEquals(200, post("hub/b/greet", "how=reset").statusCode());

    assertEquals(Greeting.RESET, azure.hubB().mqttDoor().greeting());
    assertEquals(Greeting.SERVE, hub.mqttDoor().greeting());
  }

  @Test
  void shouldMoveAnEnrolmentAndDeleteTheDevice() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    device.provision(azure.dps());

    assertEquals(200, post("dps/move?id=gateway-1&hub=127.0.1.3", "").statusCode());
    assertEquals(200, post("hub/a/delete-device?id=gateway-1", "").statusCode());

    assertTrue(hub.registry().find(DEVICE).isEmpty());
    assertEquals("127.0.1.3", device.provision(azure.dps()).get("assignedHub").getAsString());
  }

  @Test
  void shouldScriptAnswersOfDps() throws Exception {
    post("dps/answer?request=register&status=429&retryAfterSeconds=7&times=1", "");

    HttpResponse<String> throttled = DpsClient.of(azure, DEVICE).register(azure.dps());

    assertEquals(429, throttled.statusCode());
    assertEquals("7", throttled.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void shouldTellTheState() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events() + "$.mid=m-1", "hello", 1).waitForCompletion(SOON.toMillis());
      HttpResponse<String> response = get("status");

      JsonObject status = JsonParser.parseString(response.body()).getAsJsonObject();
      JsonObject a = status.getAsJsonObject("hubs").getAsJsonObject("a");
      assertEquals("127.0.1.2", a.get("hostName").getAsString());
      assertEquals(1, a.get("received").getAsInt());
      assertEquals(1, a.getAsJsonObject("counts").get("ACCEPTED").getAsInt());
      assertTrue(
          a.getAsJsonArray("devices").get(0).getAsJsonObject().get("connected").getAsBoolean());
      assertEquals(
          0, status.getAsJsonObject("dps").getAsJsonObject("counts").get("BILLED").getAsInt());
      assertFalse(response.body().contains(hub.registry().primaryKey(DEVICE)));
    }
  }

  @Test
  void shouldTellTheMessages() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events() + "$.mid=m-0", "0", 1).waitForCompletion(SOON.toMillis());
      device.publish(device.events() + "$.mid=m-1", "1", 1).waitForCompletion(SOON.toMillis());
    }
    JsonArray messages =
        JsonParser.parseString(get("hub/a/messages?from=1").body()).getAsJsonArray();

    assertEquals(1, messages.size());
    JsonObject message = messages.get(0).getAsJsonObject();
    assertEquals("m-1", message.getAsJsonObject("properties").get("$.mid").getAsString());
    assertEquals("MQ==", message.get("bodyBase64").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hub/a/refuse?code=256 | code: a number from 0 to 255, not 256",
        "hub/a/refuse?code=five | code: a number from 0 to 255, not five",
        "hub/a/refuse?cod=5 | cod: unknown, refuse takes [code, times]",
        "hub/c/clear | no hub c, there are [a, b]",
        "hub/a/explode | no command explode, see /",
        "hub/a/fail?error=boredom | error: one of [HUB_NOT_FOUND",
        "hub/a/connack?withhold=perhaps | withhold: yes or no, not perhaps",
        "hub/a/delete-device | id: is missing",
        "hub/a/disable-device?id=nobody | no device nobody",
        "hub/a/method?id=gateway-1 | 404103 DeviceNotOnline",
        "dps/move?id=nobody | no enrolment nobody",
      })
  void shouldTellAMistakeInOneLine(String path, String line) throws Exception {
    HttpResponse<String> refused = post(path, "");

    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().startsWith(line), refused.body());
    assertEquals(1, refused.body().lines().count());
  }

  @Test
  void shouldChangeNothingByGet() throws Exception {
    assertEquals(404, get("hub/a/outage").statusCode());
    assertTrue(hub.mqttDoor().isOpen());
    assertEquals(404, post("nowhere", "").statusCode());
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(azure.controlUrl() + path)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(azure.controlUrl() + path))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
