/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.cloud;

import static io.rejoin.itests.cloud.Eventually.eventually;
import static io.rejoin.itests.cloud.Gateway.DEVICE;
import static io.rejoin.itests.cloud.Gateway.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.MethodReply;
import io.rejoin.azure.iothub.endpoint.MethodSubscription;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods and twin, from the cloud to a subscriber and back. */
@Timeout(120)
class CloudTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Test
  void shouldServeDirectMethodsAlsoAfterAReconnect() throws Exception {
    try (Gateway gateway = new Gateway(Map.of())) {
      gateway
          .endpoint()
          .serveMethod(
              new MethodSubscription("reboot", false, SOON), call -> heard.add(body(call)));
      gateway
          .endpoint()
          .serveMethod(
              new MethodSubscription("measure", true, SOON), call -> answer(gateway, call));

      gateway.awaitConnected();
      assertEquals(new MethodReply(200, "null"), gateway.call("reboot", "{\"in\":5}"));
      assertEquals(new MethodReply(207, "{\"level\":3}"), gateway.call("measure", "null"));
      assertEquals(404, gateway.call("dance", "null").status());
      assertEquals(List.of("{\"in\":5}"), heard);

      gateway.hub().mqttDoor().cutAll();
      gateway.hub().await(HubCount.ACCEPTED, 2, SOON);
      assertEquals(200, gateway.call("reboot", "null").status());
    }
  }

  private static void answer(Gateway gateway, KuraMessage call) {
    String id = (String) call.getProperties().get("method.request.id");
    try {
      gateway.endpoint().answerMethod(id, new DirectMethodAnswer(207, "{\"level\":3}"));
    } catch (KuraException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldTellItsStatusAndReconnectWhenTheCloudAsksForIt() throws Exception {
    try (Gateway gateway = new Gateway(Map.of("method.reprovision", false))) {
      gateway.awaitConnected();
      MethodReply status = gateway.call("getConnectionStatus", "null");
      JsonObject entries = JsonParser.parseString(status.payload()).getAsJsonObject();
      assertEquals("CONNECTED", entries.get("connectionState").getAsString());
      assertEquals(gateway.hub().hostName(), entries.get("hub").getAsString());
      assertTrue(entries.has("outboxWaiting"), status.payload());
      assertFalse(
          status.payload().contains(key(gateway)), "no secret: the device key is in the answer");

      assertEquals(404, gateway.call("reprovision", "null").status(), "switched off");
      assertEquals(202, gateway.call("reconnect", "{\"spreadSeconds\":0}").status());
      gateway.hub().await(HubCount.ACCEPTED, 2, SOON);
      gateway.awaitConnected();
    }
  }

  private static String key(Gateway gateway) {
    String string = gateway.hub().connectionString(DEVICE);
    return string.substring(string.indexOf("SharedAccessKey=") + "SharedAccessKey=".length());
  }

  @Test
  void shouldTellDesiredPropertiesCompleteOnEachSessionAndThenAsTheyChange() throws Exception {
    try (Gateway gateway = new Gateway(Map.of())) {
      gateway.hub().patchDesired(DEVICE, "{\"interval\":5}");
      gateway.endpoint().subscribeDesiredProperties(message -> heard.add(words(message)));
      eventually("told", () -> heard.contains("all interval=5 mode=null"));
      // Only a gateway that has subscribed is told of changes.
      gateway.call("getConnectionStatus", "null");
      eventually(
          "change told",
          () -> {
            gateway.hub().patchDesired(DEVICE, "{\"mode\":\"fast\"}");
            return heard.contains("change interval=null mode=fast");
          });

      gateway.hub().outage();
      gateway.hub().patchDesired(DEVICE, "{\"interval\":9}");
      gateway.hub().endOutage();
      eventually("told anew", () -> heard.contains("all interval=9 mode=fast"));
    }
  }

  private static String words(KuraMessage message) {
    Map<String, Object> metrics = message.getPayload().metrics();
    boolean complete = (Boolean) message.getProperties().get("desired.complete");
    return (complete ? "all" : "change")
        + " interval="
        + metrics.get("interval")
        + " mode="
        + metrics.get("mode");
  }

  @Test
  void shouldReportPropertiesAnewAfterALossAndToTheHubThatItMovesTo() throws Exception {
    try (Gateway gateway = new Gateway(Map.of())) {
      gateway.endpoint().registerCloudDeliveryListener(heard::add);
      String id = gateway.endpoint().report("{\"firmware\":\"1.2\",\"old\":true}");
      eventually("confirmed", () -> heard.contains(id));
      String second = gateway.endpoint().report("{\"old\":null,\"uptime\":{\"h\":1}}");
      eventually("confirmed", () -> heard.contains(second));
      JsonObject wanted =
          JsonParser.parseString("{\"firmware\":\"1.2\",\"uptime\":{\"h\":1}}").getAsJsonObject();
      assertEquals(wanted, reported(gateway.hub().reported(DEVICE)));

      gateway.moveTo(gateway.azure.hubB());
      eventually(
          "reported to the other hub",
          () -> wanted.equals(reported(gateway.azure.hubB().reported(DEVICE))));
    }
  }

  @Test
  void shouldReportStatisticsOnce() throws Exception {
    try (Gateway gateway = new Gateway(Map.of("twin.statistics.hours", 1))) {
      eventually(
          "statistics", () -> gateway.hub().reported(DEVICE).toString().contains("\"sessions\":1"));
      gateway.hub().mqttDoor().cutAll();
      gateway.hub().await(HubCount.ACCEPTED, 2, SOON);
      gateway.call("getConnectionStatus", "null");

      assertEquals(1, gateway.hub().counted(HubCount.TWIN_PATCHES));
      assertEquals(0, gateway.hub().counted(HubCount.TWIN_GETS), "nobody wants desired properties");
    }
  }

  /** Without what the hub adds. */
  private static JsonObject reported(JsonObject twin) {
    JsonObject own = twin.deepCopy();
    own.remove("$version");
    own.remove("$metadata");
    return own;
  }

  private static String body(KuraMessage message) {
    return new String(message.getPayload().getBody(), StandardCharsets.UTF_8);
  }
}
