/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLimitsTest {
  @Test
  void shouldAcceptExactly256KiloBytesWithProperties() {
    assertNull(problem(256 * 1024 - 4, "m", Map.of("ab", "cd")));
    assertTrue(problem(256 * 1024 - 3, "m", Map.of("ab", "cd")).contains("262145"));
  }

  @Test
  void shouldRefusePropertiesThatDoNotFitIntoTheTopic() {
    assertNull(problem(1, "m", Map.of("a", "x".repeat(50_000))));
    assertNotNull(problem(1, "m", Map.of("a", "ä".repeat(20_000))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "iothub-messageid", "IoThub-methodname", "connectionDeviceId", "$.mid"})
  void shouldRefuseReservedPropertyNames(String name) {
    assertNotNull(problem(1, "m", Map.of(name, "v")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "white space", "ä", "slash/"})
  void shouldRefuseIdsThatIotHubRefuses(String id) {
    assertNotNull(problem(1, id, Map.of()));
  }

  @Test
  void shouldRefuseIdsOfMoreThan128Characters() {
    assertNull(problem(1, "x".repeat(128), Map.of()));
    assertNotNull(problem(1, "x".repeat(129), Map.of()));
  }

  private static String problem(int bytes, String id, Map<String, String> properties) {
    return MessageLimits.problem(
        new OutgoingMessage(new byte[bytes], id, null, 0, null, null, properties, 1));
  }
}
