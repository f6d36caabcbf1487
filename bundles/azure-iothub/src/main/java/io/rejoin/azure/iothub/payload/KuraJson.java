/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.jspecify.annotations.Nullable;

/**
 * Writes a payload in Kura's JSON format: {@code sentOn}, {@code position}, {@code metrics} and
 * {@code body}, each left out when it is missing; bytes in Base64, times in milliseconds since
 * 1970. JSON has no NaN and no infinity: they are written as texts.
 */
final class KuraJson {
  private final StringBuilder out = new StringBuilder();

  private KuraJson() {}

  static String write(KuraPayload payload) {
    KuraJson json = new KuraJson();
    json.object(fields(payload));
    return json.out.toString();
  }

  private static Map<String, Object> fields(KuraPayload payload) {
    Map<String, Object> fields = new java.util.LinkedHashMap<>();
    put(fields, "sentOn", payload.getTimestamp());
    KuraPosition position = payload.getPosition();
    put(fields, "position", position == null ? null : fields(position));
    put(fields, "metrics", payload.metrics().isEmpty() ? null : new TreeMap<>(payload.metrics()));
    put(fields, "body", payload.getBody());
    return fields;
  }

  private static Map<String, Object> fields(KuraPosition position) {
    Map<String, Object> fields = new java.util.LinkedHashMap<>();
    put(fields, "latitude", position.getLatitude());
    put(fields, "longitude", position.getLongitude());
    put(fields, "altitude", position.getAltitude());
    put(fields, "heading", position.getHeading());
    put(fields, "precision", position.getPrecision());
    put(fields, "satellites", position.getSatellites());
    put(fields, "speed", position.getSpeed());
    put(fields, "timestamp", position.getTimestamp());
    put(fields, "status", position.getStatus());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private void object(Map<?, ?> fields) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      out.append(separator);
      text(String.valueOf(field.getKey()));
      out.append(':');
      value(field.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void value(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Date date) {
      out.append(date.getTime());
    } else if (value instanceof byte[] bytes) {
      text(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Map<?, ?> fields) {
      object(fields);
    } else {
      text(value.toString());
    }
  }

  private void number(Number number) {
    if (Double.isFinite(number.doubleValue())) {
      out.append(number);
    } else {
      text(number.toString());
    }
  }

  /** RFC 8259, section 7: quotes, backslashes and control characters have to be escaped. */
  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
