/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultsTest {

  @Test
  void shouldHaveNoValueForAnEmptyDefault() throws IOException {
    assertEquals(
        Map.of(), defaults("<AD id='a' type='String' default=''/><AD id='b' type='Password'/>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "one,two | one", // only the first part of a single value
        "a\\,b | a,b",
        "~  a b  ~ | a b",
        "~\\ a\\ ,b~ | ~ a ~",
        "(kura.service.pid=changeme) | (kura.service.pid=changeme)"
      })
  void shouldSplitAtCommas(String written, String value) throws IOException {
    assertEquals(
        Map.of("a", value), defaults("<AD id='a' type='String' default='" + written + "'/>"));
  }

  @Test
  void shouldKeepAllPartsOfAnArray() throws IOException {
    Object array =
        defaults("<AD id='a' type='Integer' cardinality='3' default='1, 2 ,3'/>").get("a");

    assertArrayEquals(new Integer[] {1, 2, 3}, (Integer[]) array);
  }

  @ParameterizedTest
  @CsvSource({
    "Long,1,java.lang.Long",
    "Double,1.5,java.lang.Double",
    "Float,1.5,java.lang.Float",
    "Integer,1,java.lang.Integer",
    "Byte,1,java.lang.Byte",
    "Char,c,java.lang.Character",
    "Character,c,java.lang.Character",
    "Boolean,true,java.lang.Boolean",
    "Short,1,java.lang.Short"
  })
  void shouldHaveTheTypeOfTheAttribute(String type, String text, Class<?> expected)
      throws IOException {
    Object value = defaults("<AD id='a' type='%s' default='%s'/>".formatted(type, text)).get("a");

    assertEquals(expected, value.getClass());
    assertEquals(text, value.toString());
  }

  @Test
  void shouldEncryptTheDefaultOfAPassword() throws IOException {
    Object password = defaults("<AD id='a' type='Password' default='changeit'/>").get("a");

    assertEquals("encrypted changeit", password.toString());
  }

  @Test
  void shouldRefuseADefaultThatIsNoValue() {
    assertThrows(
        NumberFormatException.class, () -> defaults("<AD id='a' type='Integer' default='x'/>"));
  }

  private static Map<String, Object> defaults(String attributes) throws IOException {
    String xml = "<MetaData><OCD id='p'>" + attributes + "</OCD><Designate pid='p'/></MetaData>";
    List<OCD> definitions =
        Metatype.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).definitions();
    return Defaults.of(definitions.get(0), plain -> "encrypted " + plain);
  }
}
