/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
  private static final String ID = "m";

  @Test
  void shouldTakeAMessageOfTheFullSize() {
    // 400 for what is added on the way, 8 for the name of the message id.
    assertNull(problem(MessageRules.MAX_BYTES - 409, Map.of()));
    assertEquals(
        "the message has 262145 bytes with its properties, IoT Hub takes 262144",
        problem(MessageRules.MAX_BYTES - 408, Map.of()));
  }

  @Test
  void shouldRefuseAnEmptyBody() {
    assertEquals(
        "the message has no body: IoT Hub's client library does not send one",
        problem(0, Map.of()));
  }

  @Test
  void shouldRefusePropertiesLongerThanATopic() {
    assertNull(problem(1, Map.of("a", "x".repeat(50_000))));
    assertEquals(
        "the message's properties are longer than MQTT can carry",
        problem(1, Map.of("a", "°".repeat(20_000))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$.mid", "a b", "größe", "iothub-ack", "a/b", "a=b"})
  void shouldRefuseANameThatIoTHubDoesNotTake(String name) {
    assertEquals(
        "IoT Hub does not take a property named \"" + name + "\"", problem(1, Map.of(name, "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a & b = c", "°C", "100 %"})
  void shouldTakeAnyValue(String value) {
    assertNull(problem(1, Map.of("asset.name-1", value)));
  }

  private static String problem(int bodyLength, Map<String, String> properties) {
    return MessageRules.problem(
        new OutgoingMessage(new byte[bodyLength], ID, null, 0, null, null, properties, 1));
  }
}
