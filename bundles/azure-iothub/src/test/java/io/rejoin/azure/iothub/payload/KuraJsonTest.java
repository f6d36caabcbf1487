/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Date;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.junit.jupiter.api.Test;

class KuraJsonTest {
  private final KuraPayload payload = new KuraPayload();

  @Test
  void shouldWriteEveryKindOfMetric() {
    payload.addMetric("a", 1);
    payload.addMetric("b", 2L);
    payload.addMetric("c", 1.5d);
    payload.addMetric("d", 2.5f);
    payload.addMetric("e", true);
    payload.addMetric("f", "text");
    payload.addMetric("g", new byte[] {1, 2, 3});

    assertEquals(
        "{\"metrics\":{\"a\":1,\"b\":2,\"c\":1.5,\"d\":2.5,\"e\":true,\"f\":\"text\","
            + "\"g\":\"AQID\"}}",
        KuraJson.write(payload));
  }

  @Test
  void shouldWriteTimePositionAndBody() {
    KuraPosition position = new KuraPosition();
    position.setLatitude(46.5);
    position.setLongitude(13);
    position.setSatellites(7);
    position.setTimestamp(new Date(5));
    payload.setTimestamp(new Date(1_700_000_000_000L));
    payload.setPosition(position);
    payload.setBody(new byte[] {1, 2, 3});

    assertEquals(
        "{\"sentOn\":1700000000000,\"position\":{\"latitude\":46.5,\"longitude\":13.0,"
            + "\"satellites\":7,\"timestamp\":5},\"body\":\"AQID\"}",
        KuraJson.write(payload));
  }

  @Test
  void shouldEscapeWhatJsonReserves() {
    payload.addMetric("quote\"", "back\\slash\nnew\tline\u0001 ä €");

    assertEquals(
        "{\"metrics\":{\"quote\\\"\":\"back\\\\slash\\u000anew\\u0009line\\u0001 ä €\"}}",
        KuraJson.write(payload));
  }

  @Test
  void shouldWriteNumbersThatJsonDoesNotHaveAsTexts() {
    payload.addMetric("a", Double.NaN);
    payload.addMetric("b", Float.POSITIVE_INFINITY);

    assertEquals("{\"metrics\":{\"a\":\"NaN\",\"b\":\"Infinity\"}}", KuraJson.write(payload));
  }

  @Test
  void shouldWriteAnEmptyPayload() {
    assertEquals("{}", KuraJson.write(payload));
  }
}
