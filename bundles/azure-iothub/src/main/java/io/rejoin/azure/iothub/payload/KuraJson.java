/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.jspecify.annotations.Nullable;

/**
 * Kura's JSON format of a payload: {@code sentOn}, {@code position}, {@code metrics} and {@code
 * body}, each left out when it is missing; bytes in Base64, times in milliseconds since 1970. JSON
 * has no NaN and no infinity: they are written as texts.
 */
final class KuraJson {
  private KuraJson() {}

  static String write(KuraPayload payload) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      member(json, "sentOn", payload.getTimestamp());
      position(json, payload.getPosition());
      if (!payload.metrics().isEmpty()) {
        json.name("metrics").beginObject();
        for (Map.Entry<String, Object> metric : new TreeMap<>(payload.metrics()).entrySet()) {
          member(json, metric.getKey(), metric.getValue());
        }
        json.endObject();
      }
      member(json, "body", payload.getBody());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void position(JsonWriter json, @Nullable KuraPosition position)
      throws IOException {
    if (position == null) {
      return;
    }
    json.name("position").beginObject();
    member(json, "latitude", position.getLatitude());
    member(json, "longitude", position.getLongitude());
    member(json, "altitude", position.getAltitude());
    member(json, "heading", position.getHeading());
    member(json, "precision", position.getPrecision());
    member(json, "satellites", position.getSatellites());
    member(json, "speed", position.getSpeed());
    member(json, "timestamp", position.getTimestamp());
    member(json, "status", position.getStatus());
    json.endObject();
  }

  private static void member(JsonWriter json, String name, @Nullable Object value)
      throws IOException {
    if (value == null) {
      return;
    }
    json.name(name);
    if (value instanceof Boolean flag) {
      json.value(flag);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      json.value(number);
    } else if (value instanceof Date date) {
      json.value(date.getTime());
    } else if (value instanceof byte[] bytes) {
      json.value(Base64.getEncoder().encodeToString(bytes));
    } else {
      json.value(value.toString());
    }
  }

  /**
   * Reads a payload.
   *
   * @throws IllegalArgumentException if this is not Kura's JSON
   */
  static KuraPayload read(String text) {
    KuraPayload payload = new KuraPayload();
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.beginObject();
      while (json.hasNext()) {
        switch (json.nextName()) {
          case "sentOn" -> payload.setTimestamp(new Date(json.nextLong()));
          case "metrics" -> metrics(json, payload);
          case "body" -> payload.setBody(Base64.getDecoder().decode(json.nextString()));
          case "position" -> payload.setPosition(position(json));
          default -> throw new IllegalArgumentException("not a payload in Kura's JSON");
        }
      }
      json.endObject();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return payload;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("not a payload in Kura's JSON: " + e.getMessage(), e);
    }
  }

  private static void metrics(JsonReader json, KuraPayload payload) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      payload.addMetric(json.nextName(), value(json));
    }
    json.endObject();
  }

  /** As Kura reads numbers: long when it is a whole one, otherwise double. */
  private static Object value(JsonReader json) throws IOException {
    return switch (json.peek()) {
      case BOOLEAN -> json.nextBoolean();
      case STRING -> json.nextString();
      case NUMBER -> number(json.nextString());
      default -> throw new IllegalArgumentException("a metric is a number, a text or a flag");
    };
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return Double.valueOf(text);
    }
  }

  private static KuraPosition position(JsonReader json) throws IOException {
    KuraPosition position = new KuraPosition();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "latitude" -> position.setLatitude(json.nextDouble());
        case "longitude" -> position.setLongitude(json.nextDouble());
        case "altitude" -> position.setAltitude(json.nextDouble());
        case "heading" -> position.setHeading(json.nextDouble());
        case "precision" -> position.setPrecision(json.nextDouble());
        case "satellites" -> position.setSatellites(json.nextInt());
        case "speed" -> position.setSpeed(json.nextDouble());
        case "timestamp" -> position.setTimestamp(new Date(json.nextLong()));
        case "status" -> position.setStatus(json.nextInt());
        default -> json.skipValue();
      }
    }
    json.endObject();
    return position;
  }
}
