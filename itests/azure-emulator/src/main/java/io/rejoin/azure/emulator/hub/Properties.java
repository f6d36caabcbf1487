/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** The property bag at the end of IoT Hub's topics: {@code name=value&name=value}, encoded. */
final class Properties {
  private Properties() {}

  /**
   * @throws IllegalArgumentException when it is no property bag
   */
  static Map<String, String> parse(String bag) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String pair : bag.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        properties.put(decode(name), decode(value));
      }
    }
    return properties;
  }

  static String format(Map<String, String> properties) {
    StringJoiner bag = new StringJoiner("&");
    properties.forEach((name, value) -> bag.add(encode(name) + "=" + encode(value)));
    return bag.toString();
  }

  private static String decode(String text) {
    // A plus stands for itself in a topic; only a form turns it into a space.
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
