/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.azure.iothub.endpoint.MethodSubscription;
import io.rejoin.azure.iothub.testing.FakeEndpoint;
import io.rejoin.azure.iothub.testing.FakeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class CloudSubscriberComponentTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final FakeEndpoint endpoint = new FakeEndpoint();
  private final CloudSubscriberComponent subscriber = new CloudSubscriberComponent();
  private final List<KuraMessage> received = new ArrayList<>();

  @Test
  void shouldPassOnWhatItsEndpointHas() {
    registry.register(CloudEndpoint.class, endpoint, "mine");
    subscriber.activate(registry.context(), properties(""));
    subscriber.registerCloudSubscriberListener(received::add);

    endpoint.subscribers.get(0).onMessageArrived(new KuraMessage(new KuraPayload()));

    assertEquals(1, received.size());
    assertEquals(List.of(Map.of()), endpoint.subscriptions);
  }

  @Test
  void shouldSubscribeWhateverTheOrder() {
    CloudSubscriberListener listener = received::add;
    subscriber.registerCloudSubscriberListener(listener);
    subscriber.activate(registry.context(), properties("line = 7\nkind=order"));

    registry.register(CloudEndpoint.class, endpoint, "mine");

    assertEquals(List.of(Map.of("line", "7", "kind", "order")), endpoint.subscriptions);
    subscriber.unregisterCloudSubscriberListener(listener);
    assertEquals(0, endpoint.subscribers.size());
  }

  @Test
  void shouldSubscribeAgainWhenTheFilterChanges() {
    subscriber.registerCloudSubscriberListener(received::add);
    registry.register(CloudEndpoint.class, endpoint, "mine");
    subscriber.activate(registry.context(), properties("line=7"));

    subscriber.modified(properties("line=7"));
    subscriber.modified(properties("line=8"));
    subscriber.modified(properties("line 9"));

    assertEquals(List.of(Map.of("line", "7"), Map.of("line", "8")), endpoint.subscriptions);
    assertEquals(1, endpoint.subscribers.size());
  }

  @Test
  void shouldServeAMethodOrTakeDesiredPropertiesWhenToldSo() {
    subscriber.registerCloudSubscriberListener(received::add);
    registry.register(CloudEndpoint.class, endpoint, "mine");
    subscriber.activate(
        registry.context(),
        Map.of(
            "cloud.endpoint.service.pid",
            "mine",
            "wanted",
            "DIRECT_METHOD",
            "method.name",
            "reboot",
            "method.answered.by.publisher",
            true));
    assertEquals(
        List.of(new MethodSubscription("reboot", true, Duration.ofSeconds(25))), endpoint.methods);

    subscriber.modified(
        Map.of("cloud.endpoint.service.pid", "mine", "wanted", "DESIRED_PROPERTIES"));

    assertEquals(1, endpoint.desired.size());
    assertEquals(endpoint.desired, endpoint.subscribers);
    subscriber.modified(Map.of("cloud.endpoint.service.pid", "mine", "wanted", "SOMETHING"));
    assertEquals(endpoint.desired, endpoint.subscribers, "the last good configuration stays");
  }

  @Test
  void shouldKeepTwoSubscribersOfOneListenerApart() {
    CloudSubscriberListener listener = received::add;
    CloudSubscriberComponent other = new CloudSubscriberComponent();
    registry.register(CloudEndpoint.class, endpoint, "mine");
    subscriber.activate(registry.context(), properties("line=7"));
    other.activate(registry.context(), properties("line=8"));
    subscriber.registerCloudSubscriberListener(listener);
    other.registerCloudSubscriberListener(listener);

    other.unregisterCloudSubscriberListener(listener);

    assertEquals(1, endpoint.subscribers.size());
  }

  @Test
  void shouldLetGoOfEverythingWhenDeactivated() {
    subscriber.registerCloudSubscriberListener(received::add);
    registry.register(CloudEndpoint.class, endpoint, "mine");
    subscriber.activate(registry.context(), properties(""));

    subscriber.deactivate();

    assertEquals(0, endpoint.subscribers.size());
    assertEquals(0, registry.listeners());
    assertEquals(0, registry.inUse());
  }

  private static Map<String, Object> properties(String filter) {
    return Map.of("cloud.endpoint.service.pid", "mine", "message.properties", filter);
  }
}
