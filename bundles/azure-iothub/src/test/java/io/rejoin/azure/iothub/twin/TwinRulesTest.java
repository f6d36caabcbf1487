/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwinRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"pump\":{\"speed\":3,\"modes\":[1,\"a\",null,{\"b\":true}]},\"gone\":null}",
        "{\"big\":4503599627370495,\"small\":-4503599627370496,\"real\":1.0e-300}"
      })
  void shouldTakeWhatIotHubTakes(String patch) {
    assertEquals(JsonParser.parseString(patch), TwinRules.patch(patch));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1]; one JSON object",
        "7; one JSON object",
        "{\"a\"; have to be JSON",
        "{\"a.b\":1}; named \"a.b\"",
        "{\"a b\":1}; named \"a b\"",
        "{\"x\":{\"$v\":1}}; named \"$v\"",
        "{\"\":1}; named \"\"",
        "{\"n\":4503599627370496}; 52 bits",
        "{\"n\":[-4503599627370497]}; 52 bits"
      })
  void shouldSayWhatIsWrong(String patch, String words) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TwinRules.patch(patch)).getMessage();
    assertTrue(message.contains(words), message);
  }

  @Test
  void shouldRefuseTooLongTextsTooDeepNestingAndTooMuch() {
    refused("{\"t\":\"" + "x".repeat(4_097) + "\"}");
    refused("{\"a\":".repeat(12) + "1" + "}".repeat(12));
    refused("{\"a\":" + "[".repeat(12) + "1" + "]".repeat(12) + "}");
    StringBuilder much = new StringBuilder("{");
    for (int i = 0; i < 9; i++) {
      much.append(i == 0 ? "" : ",").append("\"p" + i + "\":\"" + "x".repeat(4_000) + "\"");
    }
    refused(much.append("}").toString());
  }

  private static void refused(String patch) {
    assertThrows(IllegalArgumentException.class, () -> TwinRules.patch(patch));
  }
}
