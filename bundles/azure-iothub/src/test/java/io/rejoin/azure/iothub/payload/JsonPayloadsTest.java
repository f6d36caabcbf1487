/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class JsonPayloadsTest {
  @Test
  void shouldMakeAMetricOfEachValue() {
    KuraPayload payload =
        JsonPayloads.toKura(
            "{\"a\":{\"b\":1,\"c\":2.5},\"d\":true,\"e\":\"t\",\"f\":[1,2],\"g\":null,\"$version\":3}");

    assertEquals(
        Map.of("a.b", 1L, "a.c", 2.5, "d", true, "e", "t", "f", "[1,2]"), payload.metrics());
  }

  @Test
  void shouldKeepWhatIsNoJsonInTheBody() {
    KuraPayload payload = JsonPayloads.toKura("{not json");
    assertEquals(Map.of(), payload.metrics());
    assertEquals("{not json", new String(payload.getBody(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldNestMetricsAtTheirDots() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("pump.speed", 3);
    payload.addMetric("pump.on", true);
    payload.addMetric("pump.level", Double.NaN);
    payload.addMetric("at", new Date(5));
    payload.addMetric("bytes", new byte[] {1});
    payload.addMetric("method.name", "x");

    assertEquals(
        "{\"at\":5,\"bytes\":\"AQ==\",\"pump\":{\"level\":\"NaN\",\"on\":true,\"speed\":3}}",
        JsonPayloads.toJson(payload, Set.of("method.name")));
  }

  @Test
  void shouldPreferTheBody() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("a", 1);
    payload.setBody("[7]".getBytes(StandardCharsets.UTF_8));
    assertEquals("[7]", JsonPayloads.toJson(payload, Set.of()));
    assertEquals("null", JsonPayloads.toJson(null, Set.of()));
  }

  @Test
  void shouldComeBackAsItWent() {
    String json = "{\"a\":{\"b\":1},\"c\":\"t\"}";
    KuraPayload payload = JsonPayloads.toKura(json);
    payload.setBody(null);
    assertEquals(json, JsonPayloads.toJson(payload, Set.of()));
  }
}
