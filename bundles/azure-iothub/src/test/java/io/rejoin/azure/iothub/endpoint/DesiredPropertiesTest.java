/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.junit.jupiter.api.Test;

class DesiredPropertiesTest {
  private final DesiredProperties desired = new DesiredProperties(Runnable::run);
  private final List<String> heard = new ArrayList<>();

  @Test
  void shouldTellAllFirstAndThenWhatChanges() {
    assertTrue(desired.subscribe(subscriber()), "nothing is known: the hub has to be asked");
    desired.all("{\"a\":1,\"$version\":4}");
    desired.changed("{\"b\":2,\"$version\":5}");

    assertEquals(
        List.of("all 4 {\"a\":1,\"$version\":4}", "change 5 {\"b\":2,\"$version\":5}"), heard);
  }

  @Test
  void shouldNotTellAChangeThatAllHadAlready() {
    desired.subscribe(subscriber());
    desired.all("{\"a\":1,\"$version\":4}");
    desired.changed("{\"a\":1,\"$version\":4}");
    assertEquals(1, heard.size());
  }

  @Test
  void shouldTellALateSubscriberWithoutAskingTheHub() {
    desired.all("{\"a\":1,\"old\":2,\"$version\":4}");
    desired.changed("{\"b\":2,\"old\":null,\"$version\":5}");

    assertFalse(desired.subscribe(subscriber()));
    assertEquals(List.of("all 5 {\"a\":1,\"$version\":5,\"b\":2}"), heard);
  }

  @Test
  void shouldBelieveNothingOfTheSessionBefore() {
    CloudSubscriberListener subscriber = subscriber();
    desired.subscribe(subscriber);
    desired.all("{\"a\":1,\"$version\":40}");

    assertTrue(desired.forget());
    desired.changed("{\"a\":2,\"$version\":3}");
    assertEquals("change 3 {\"a\":2,\"$version\":3}", heard.get(1));

    desired.unsubscribe(subscriber);
    assertFalse(desired.forget(), "nobody wants to know");
  }

  @Test
  void shouldSurviveWhatItCannotRead() {
    desired.subscribe(subscriber());
    desired.changed("[");
    desired.all("7");
    assertEquals(List.of(), heard);
  }

  private CloudSubscriberListener subscriber() {
    return message -> heard.add(words(message));
  }

  private static String words(KuraMessage message) {
    return (message.getProperties().get("desired.complete").equals(true) ? "all " : "change ")
        + message.getProperties().get("desired.version")
        + " "
        + new String(message.getPayload().getBody(), StandardCharsets.UTF_8);
  }
}
