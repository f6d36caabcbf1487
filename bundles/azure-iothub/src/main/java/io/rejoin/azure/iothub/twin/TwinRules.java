/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reported properties must be like for IoT Hub to take them ("Understand and use device twins
 * in IoT Hub"). The hub answers others with a bare 400, so they are refused before they are sent.
 */
public final class TwinRules {
  /** IoT Hub's limit for all reported properties of a device together. */
  static final int MAX_BYTES = 32 * 1024;

  private static final int MAX_DEPTH = 10;
  private static final int MAX_NAME_BYTES = 1024;
  private static final int MAX_TEXT_BYTES = 4 * 1024;
  private static final BigDecimal MAX_INTEGER = new BigDecimal(4_503_599_627_370_495L);
  private static final BigDecimal MIN_INTEGER = new BigDecimal(-4_503_599_627_370_496L);

  private TwinRules() {}

  /**
   * Reads a patch of reported properties.
   *
   * @throws IllegalArgumentException with one line that says why the hub would not take it
   */
  public static JsonObject patch(String text) {
    JsonElement json;
    try {
      json = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("reported properties have to be JSON: " + e.getMessage());
    }
    if (!json.isJsonObject()) {
      throw new IllegalArgumentException("reported properties have to be one JSON object");
    }
    String problem = problem(json, 0);
    if (problem == null) {
      problem = tooLarge(json.getAsJsonObject());
    }
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return json.getAsJsonObject();
  }

  /** Why a whole document is too large, null when it is not. */
  static @Nullable String tooLarge(JsonObject document) {
    int size = bytes(document.toString());
    return size > MAX_BYTES
        ? "all reported properties together would take "
            + size
            + " bytes, IoT Hub takes "
            + MAX_BYTES
        : null;
  }

  private static @Nullable String problem(JsonElement json, int depth) {
    if (json.isJsonObject()) {
      return problem(json.getAsJsonObject(), depth);
    }
    if (json.isJsonArray()) {
      for (JsonElement element : json.getAsJsonArray()) {
        String problem = depth + 1 > MAX_DEPTH ? tooDeep() : problem(element, depth + 1);
        if (problem != null) {
          return problem;
        }
      }
    }
    return json.isJsonPrimitive() ? problem(json.getAsJsonPrimitive()) : null;
  }

  private static @Nullable String problem(JsonObject object, int depth) {
    if (depth > MAX_DEPTH) {
      return tooDeep();
    }
    for (Map.Entry<String, JsonElement> property : object.entrySet()) {
      String name = property.getKey();
      String problem = isName(name) ? problem(property.getValue(), depth + 1) : illegal(name);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String problem(JsonPrimitive value) {
    if (value.isString() && bytes(value.getAsString()) > MAX_TEXT_BYTES) {
      return "a reported text is longer than the " + MAX_TEXT_BYTES + " bytes that IoT Hub takes";
    }
    if (value.isNumber()) {
      BigDecimal number = value.getAsBigDecimal();
      boolean whole = number.stripTrailingZeros().scale() <= 0;
      if (whole && (number.compareTo(MAX_INTEGER) > 0 || number.compareTo(MIN_INTEGER) < 0)) {
        return "IoT Hub does not take the whole number " + number + ", it has more than 52 bits";
      }
    }
    return null;
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && bytes(name) <= MAX_NAME_BYTES
        && name.chars()
            .noneMatch(c -> c == '.' || c == '$' || c == ' ' || Character.isISOControl(c));
  }

  private static String illegal(String name) {
    return "IoT Hub does not take a reported property named \""
        + name
        + "\": no blank, dot, dollar or control character, and 1024 bytes at most";
  }

  private static String tooDeep() {
    return "reported properties are nested deeper than the " + MAX_DEPTH + " levels of IoT Hub";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
