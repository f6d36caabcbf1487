/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.testing.FakeEndpoint;
import io.rejoin.azure.iothub.testing.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class CloudPublisherComponentTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final FakeEndpoint endpoint = new FakeEndpoint();
  private final CloudPublisherComponent publisher = new CloudPublisherComponent();

  @Test
  void shouldPublishThroughItsEndpoint() throws Exception {
    registry.register(CloudEndpoint.class, new FakeEndpoint(), "other");
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(registry.context(), properties("mine", Map.of("priority", 3)));

    String id = publisher.publish(message());

    assertEquals("id-1", id);
    assertEquals(List.of(3), endpoint.priorities);
    OutgoingMessage sent = endpoint.published.get(0);
    assertEquals("{\"metrics\":{\"t\":1}}", new String(sent.body(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldFindAnEndpointThatComesLaterAndLetGoOfOneThatLeaves() throws Exception {
    publisher.activate(registry.context(), properties("mine", Map.of()));
    KuraException missing = assertThrows(KuraException.class, () -> publisher.publish(message()));
    assertTrue(missing.getMessage().contains("mine"), missing.getMessage());

    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.publish(message());
    registry.unregister(endpoint);

    assertThrows(KuraException.class, () -> publisher.publish(message()));
  }

  @Test
  void shouldFollowTheEndpointThatItIsGiven() throws Exception {
    FakeEndpoint other = new FakeEndpoint();
    registry.register(CloudEndpoint.class, endpoint, "mine");
    registry.register(CloudEndpoint.class, other, "(odd)*name\\");
    publisher.activate(registry.context(), properties("mine", Map.of()));

    publisher.modified(properties("(odd)*name\\", Map.of()));
    publisher.publish(message());

    assertEquals(0, endpoint.published.size());
    assertEquals(1, other.published.size());
  }

  @Test
  void shouldKeepItsListenersOverEndpointsThatComeAndGo() {
    CloudDeliveryListener listener = id -> {};
    publisher.registerCloudDeliveryListener(listener);
    publisher.activate(registry.context(), properties("mine", Map.of()));

    registry.register(CloudEndpoint.class, endpoint, "mine");
    assertEquals(1, endpoint.deliveryListeners.size());
    registry.unregister(endpoint);
    assertEquals(List.of(), endpoint.deliveryListeners);
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.unregisterCloudDeliveryListener(listener);
    assertEquals(List.of(), endpoint.deliveryListeners);
  }

  @Test
  void shouldLetGoOfEverythingWhenDeactivated() {
    publisher.registerCloudDeliveryListener(id -> {});
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(registry.context(), properties("mine", Map.of()));

    publisher.deactivate();

    assertEquals(List.of(), endpoint.deliveryListeners);
    assertEquals(0, registry.listeners());
    assertEquals(0, registry.inUse());
  }

  @Test
  void shouldKeepTheLastGoodConfiguration() throws Exception {
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(registry.context(), properties("mine", Map.of("priority", 3)));

    publisher.modified(properties("mine", Map.of("priority", 99)));
    publisher.publish(message());

    assertEquals(List.of(3), endpoint.priorities);
  }

  @Test
  void shouldUseTheProtobufEncoderWhileItIsThere() throws Exception {
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(
        registry.context(), properties("mine", Map.of("payload.format", "KURA_PROTOBUF")));
    assertThrows(KuraException.class, () -> publisher.publish(message()));
    org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder old = (payload, gzipped) -> new byte[] {1};
    org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder fresh = (payload, gzipped) -> new byte[] {2};

    publisher.bindProtobuf(old);
    publisher.bindProtobuf(fresh);
    publisher.unbindProtobuf(old);
    publisher.publish(message());

    assertEquals(2, endpoint.published.get(0).body()[0]);
  }

  @Test
  void shouldReportPropertiesWhenToldSo() throws Exception {
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(
        registry.context(), properties("mine", Map.of("destination", "REPORTED_PROPERTIES")));

    assertEquals("report-1", publisher.publish(message()));
    assertEquals(List.of("{\"t\":1}"), endpoint.reported);
    assertEquals(List.of(), endpoint.published);
  }

  @Test
  void shouldAnswerADirectMethodWhenToldSo() throws Exception {
    registry.register(CloudEndpoint.class, endpoint, "mine");
    publisher.activate(
        registry.context(), properties("mine", Map.of("destination", "METHOD_ANSWER")));

    KuraMessage fromAWire = message();
    fromAWire.getPayload().addMetric("method.request.id", "c1");
    fromAWire.getPayload().addMetric("method.name", "reboot");
    publisher.publish(fromAWire);
    publisher.publish(
        new KuraMessage(
            message().getPayload(), Map.of("method.request.id", "c2", "method.status", 202)));

    assertEquals(new DirectMethodAnswer(200, "{\"t\":1}"), endpoint.answers.get("c1"));
    assertEquals(new DirectMethodAnswer(202, "{\"t\":1}"), endpoint.answers.get("c2"));
    KuraException unknown = assertThrows(KuraException.class, () -> publisher.publish(message()));
    assertTrue(unknown.getMessage().contains("method.request.id"), unknown.getMessage());
    KuraMessage badStatus =
        new KuraMessage(
            message().getPayload(), Map.of("method.request.id", "c3", "method.status", "fine"));
    assertThrows(KuraException.class, () -> publisher.publish(badStatus));
  }

  private static KuraMessage message() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("t", 1);
    return new KuraMessage(payload);
  }

  private static Map<String, Object> properties(String endpoint, Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("cloud.endpoint.service.pid", endpoint);
    return properties;
  }
}
