/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rejoin.testbed.metatype.Metatype;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.OCD;
import org.junit.jupiter.api.Test;

class ConfigurationValuesTest {

  @Test
  void shouldHandPasswordsToComponentsAsText() {
    Dictionary<String, Object> dictionary =
        ConfigurationValues.toDictionary(
            Map.of(
                "one",
                new Password("secret"),
                "many",
                new Password[] {new Password("a"), new Password("b")}));

    assertEquals("secret", dictionary.get("one"));
    assertArrayEquals(new String[] {"a", "b"}, (String[]) dictionary.get("many"));
  }

  @Test
  void shouldDropNull() {
    Map<String, Object> values = new HashMap<>();
    values.put("gone", null);

    assertNull(ConfigurationValues.toDictionary(values).get("gone"));
  }

  @Test
  void shouldKnowPasswordsByTheirDefinition() throws IOException {
    Dictionary<String, Object> dictionary =
        ConfigurationValues.toDictionary(Map.of("key", "secret", "name", "a"));

    Map<String, Object> values = ConfigurationValues.toMap(dictionary, definition());

    assertInstanceOf(Password.class, values.get("key"));
    assertEquals("a", values.get("name"));
    assertEquals("secret", ConfigurationValues.toMap(dictionary, null).get("key"));
  }

  private static OCD definition() throws IOException {
    String xml =
        "<MetaData><OCD id='p'><AD id='key' type='Password'/>"
            + "<AD id='name' type='String'/></OCD></MetaData>";
    return Metatype.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
        .definition("p")
        .orElseThrow();
  }
}
