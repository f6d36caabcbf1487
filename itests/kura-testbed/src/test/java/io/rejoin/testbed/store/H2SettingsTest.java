/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2SettingsTest {

  @Test
  void shouldBeTheDatabaseThatKuraShips() {
    H2Settings settings = H2Settings.of(Map.of("db.user", 7));

    assertEquals("jdbc:h2:mem:kuradb", settings.url());
    assertEquals("SA", settings.user());
    assertEquals("", settings.password());
  }

  @Test
  void shouldIgnoreCredentialsInTheUrl() {
    H2Settings settings = settings("jdbc:h2:file:/a/b;User=x;WRITE_DELAY=0;PASSWORD=y");

    assertEquals("jdbc:h2:file:/a/b;WRITE_DELAY=0", settings.url());
    assertEquals("jdbc:h2:file:/a/b", settings.baseUrl());
    assertEquals("/a", settings.directory());
    assertEquals("b", settings.databaseName());
  }

  @Test
  void shouldTakeAFileWithoutProtocol() {
    assertTrue(settings("jdbc:h2:/a/b").isFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:tcp://host/db", "jdbc:h2:mem:"})
  void shouldRefuse(String url) {
    assertThrows(IllegalArgumentException.class, settings(url)::check);
  }

  @Test
  void shouldRefuseWhatIsNoUrlOfH2() {
    assertThrows(IllegalArgumentException.class, () -> settings("jdbc:sqlite:a"));
  }

  @Test
  void shouldAcceptMemoryAndFile() {
    assertDoesNotThrow(settings("jdbc:h2:mem:kuradb")::check);
    assertDoesNotThrow(settings("jdbc:h2:file:/a/b")::check);
  }

  private static H2Settings settings(String url) {
    return H2Settings.of(Map.of("db.connector.url", url));
  }
}
