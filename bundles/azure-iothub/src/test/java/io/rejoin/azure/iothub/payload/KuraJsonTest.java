/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Date;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        "{\"metrics\":{\"quote\\\"\":\"back\\\\slash\\nnew\\tline\\u0001 ä €\"}}",
        KuraJson.write(payload));
  }

  @Test
  void shouldWriteNumbersThatJsonDoesNotHaveAsTexts() {
    payload.addMetric("a", Double.NaN);
    payload.addMetric("b", Float.POSITIVE_INFINITY);

    assertEquals("{\"metrics\":{\"a\":\"NaN\",\"b\":\"Infinity\"}}", KuraJson.write(payload));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    KuraPosition position = new KuraPosition();
    position.setLatitude(46.5);
    position.setSpeed(3.25);
    position.setStatus(2);
    payload.setTimestamp(new Date(7));
    payload.setPosition(position);
    payload.setBody(new byte[] {1, 2, 3});
    payload.addMetric("long", 5_000_000_000L);
    payload.addMetric("double", 1.5);
    payload.addMetric("flag", true);
    payload.addMetric("text", "ä \"quoted\"");

    KuraPayload read = KuraJson.read(KuraJson.write(payload));

    assertEquals(payload.metrics(), read.metrics());
    assertEquals(payload.getTimestamp(), read.getTimestamp());
    assertArrayEquals(payload.getBody(), read.getBody());
    assertEquals(46.5, read.getPosition().getLatitude());
    assertEquals(3.25, read.getPosition().getSpeed());
    assertEquals(2, read.getPosition().getStatus());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}{}",
        "[]",
        "{\"other\":1}",
        "{\"metrics\":{\"a\":{}}}",
        "{\"metrics\":{\"a\":null}}",
        "{\"sentOn\":\"noon\"}",
        "{\"body\":\"***\"}"
      })
  void shouldRefuseWhatIsNotKurasJson(String text) {
    assertThrows(IllegalArgumentException.class, () -> KuraJson.read(text));
  }

  @Test
  void shouldWriteAnEmptyPayload() {
    assertEquals("{}", KuraJson.write(payload));
  }
}
