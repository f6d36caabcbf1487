/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameCacheTest {

  @ParameterizedTest
  @CsvSource({"-1,for ever", "-30,for ever", "61,for 61 s", "86400,for 86400 s"})
  void shouldWarnOfAJvmThatRemembersAddressesForLong(String seconds, String span) {
    String problem = NameCache.problem("networkaddress.cache.ttl", seconds).orElseThrow();

    assertTrue(problem.startsWith("networkaddress.cache.ttl is " + seconds + ":"), problem);
    assertTrue(problem.contains(span), problem);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"0", "30", "60", "", "soon"})
  void shouldBeContentWithAJvmThatForgetsInTime(String seconds) {
    assertEquals(Optional.empty(), NameCache.problem("networkaddress.cache.ttl", seconds));
  }

  @Test
  void shouldReadWhatThisJvmWasTold() {
    String before = System.getProperty("sun.net.inetaddr.ttl");
    System.setProperty("sun.net.inetaddr.ttl", "3600");
    try {
      assertTrue(NameCache.problem().orElseThrow().startsWith("sun.net.inetaddr.ttl is 3600"));
    } finally {
      if (before == null) {
        System.clearProperty("sun.net.inetaddr.ttl");
      } else {
        System.setProperty("sun.net.inetaddr.ttl", before);
      }
    }
  }
}
