/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class KuraMessageTest {

  @Test
  void shouldCopyThePropertiesAndKeepThemChangeable() {
    Map<String, Object> given = new HashMap<>(Map.of("topic", "a"));
    KuraMessage message = new KuraMessage(new KuraPayload(), given);

    given.put("topic", "b");
    message.getProperties().put("qos", 1);

    assertEquals(Map.of("topic", "a", "qos", 1), message.getProperties());
  }

  @Test
  void shouldLetPropertiesBeAddedToAMessageWithoutAny() {
    KuraMessage message = new KuraMessage(new KuraPayload());

    message.getProperties().put("qos", 1);

    assertEquals(Map.of("qos", 1), message.getProperties());
  }

  @Test
  void shouldShowMetricsLiveButUnchangeable() {
    KuraPayload payload = new KuraPayload();
    Map<String, Object> metrics = payload.metrics();

    payload.addMetric("temperature", 21.5);

    assertEquals(Map.of("temperature", 21.5), metrics);
    assertThrows(UnsupportedOperationException.class, () -> metrics.put("a", 1));
  }
}
