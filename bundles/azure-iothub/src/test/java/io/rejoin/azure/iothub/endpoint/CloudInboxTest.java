/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.CloudMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.junit.jupiter.api.Test;

class CloudInboxTest {
  private final CloudInbox inbox = new CloudInbox(Runnable::run);
  private final List<KuraMessage> received = new ArrayList<>();

  @Test
  void shouldTakeAMessageThatASubscriberWants() {
    inbox.subscribe(Map.of(), received::add);

    assertTrue(inbox.onMessage(message("m1", Map.of("line", "7"), "plain text")));

    KuraMessage message = received.get(0);
    assertEquals(
        Map.of("line", "7", "message.id", "m1", "content.type", "text/plain"),
        message.getProperties());
    assertEquals("plain text", new String(message.getPayload().getBody(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldReadMetricsFromKurasJson() {
    inbox.subscribe(Map.of(), received::add);

    inbox.onMessage(message("m1", Map.of(), "{\"metrics\":{\"speed\":5}}"));
    inbox.onMessage(message("m2", Map.of(), "{\"speed\":5}"));

    assertEquals(5L, received.get(0).getPayload().getMetric("speed"));
    assertEquals(
        "{\"speed\":5}",
        new String(received.get(1).getPayload().getBody(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldHandEachMessageToThoseWhoseFilterItMeets() {
    List<KuraMessage> others = new ArrayList<>();
    inbox.subscribe(Map.of("line", "7"), received::add);
    inbox.subscribe(Map.of("line", "8", "kind", "order"), others::add);

    assertTrue(inbox.onMessage(message("m1", Map.of("line", "7", "more", "x"), "a")));
    assertFalse(inbox.onMessage(message("m2", Map.of("line", "8"), "b")));
    assertTrue(inbox.onMessage(message("m3", Map.of("line", "8", "kind", "order"), "c")));

    assertEquals(1, received.size());
    assertEquals(1, others.size());
  }

  @Test
  void shouldLeaveWithTheHubWhatNobodyWants() {
    CloudSubscriberListener listener = received::add;
    inbox.subscribe(Map.of(), listener);
    inbox.unsubscribe(listener);

    assertFalse(inbox.onMessage(message("m1", Map.of(), "a")));
  }

  @Test
  void shouldHandOverOnceWhatCameBeforeItsSubscriber() {
    CloudMessage early = message("m1", Map.of("line", "7"), "a");
    assertFalse(inbox.onMessage(early));
    assertFalse(inbox.onMessage(early));
    inbox.subscribe(Map.of("line", "8"), received::add);
    assertEquals(0, received.size());

    inbox.subscribe(Map.of("line", "7"), received::add);
    assertEquals(1, received.size());

    assertTrue(inbox.onMessage(early), "the hub's repetition is taken");
    assertEquals(1, received.size());
  }

  @Test
  void shouldNotKeepWithoutAnIdByWhichTheRepetitionIsKnown() {
    inbox.onMessage(new CloudMessage(new byte[0], Map.of(), Map.of()));

    inbox.subscribe(Map.of(), received::add);

    assertEquals(0, received.size());
  }

  @Test
  void shouldKeepNoMoreThanAHubCanQueue() {
    for (int i = 0; i < 60; i++) {
      inbox.onMessage(message("m" + i, Map.of(), "a"));
    }

    inbox.subscribe(Map.of(), received::add);

    assertEquals(50, received.size());
    assertEquals("m10", received.get(0).getProperties().get("message.id"));
  }

  @Test
  void shouldForgetWhatBelongsToAnotherConnection() {
    inbox.onMessage(message("m1", Map.of(), "a"));
    inbox.forget();

    inbox.subscribe(Map.of(), received::add);

    assertEquals(0, received.size());
  }

  @Test
  void shouldTakeAMessageOnWhichASubscriberFails() {
    inbox.subscribe(
        Map.of(),
        message -> {
          throw new IllegalStateException("a bug above");
        });
    inbox.subscribe(Map.of(), received::add);

    assertTrue(inbox.onMessage(message("m1", Map.of(), "a")));
    assertEquals(1, received.size());
  }

  private static CloudMessage message(String id, Map<String, String> properties, String body) {
    return new CloudMessage(
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("$.mid", id, "$.ct", "text/plain"),
        properties);
  }
}
