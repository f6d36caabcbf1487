/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * Kura payloads that carry JSON of methods and twins: the body is the JSON byte for byte, and each
 * value in it is a metric too, named by its path: {@code {"pump":{"speed":3}}} is {@code
 * pump.speed} = 3. Lists are metrics in JSON; null and IoT Hub's own names with a dollar are in the
 * body alone.
 */
public final class JsonPayloads {
  /** The metric for a payload that is a bare value and no object. */
  static final String VALUE = "value";

  private JsonPayloads() {}

  /** A payload of JSON; JSON that cannot be read is a body without metrics. */
  public static KuraPayload toKura(String json) {
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date());
    payload.setBody(json.getBytes(StandardCharsets.UTF_8));
    try {
      metrics(payload, "", JsonParser.parseString(json));
    } catch (JsonParseException e) {
      // The body alone has to do.
    }
    return payload;
  }

  private static void metrics(KuraPayload payload, String path, JsonElement json) {
    if (json.isJsonObject()) {
      for (Map.Entry<String, JsonElement> member : json.getAsJsonObject().entrySet()) {
        if (!member.getKey().startsWith("$")) {
          String below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
          metrics(payload, below, member.getValue());
        }
      }
    } else if (!json.isJsonNull()) {
      payload.addMetric(path.isEmpty() ? VALUE : path, metric(json));
    }
  }

  private static Object metric(JsonElement json) {
    if (!json.isJsonPrimitive()) {
      return json.toString();
    }
    JsonPrimitive value = json.getAsJsonPrimitive();
    if (value.isBoolean()) {
      return value.getAsBoolean();
    }
    if (value.isString()) {
      return value.getAsString();
    }
    try {
      return Long.valueOf(value.getAsString());
    } catch (NumberFormatException e) {
      return value.getAsDouble();
    }
  }

  /**
   * The JSON of a payload: its body if it has one, else an object of its metrics.
   *
   * @param without names of metrics that do not belong to it
   */
  public static String toJson(@Nullable KuraPayload payload, Set<String> without) {
    if (payload == null) {
      return "null";
    }
    byte[] body = payload.getBody();
    if (body != null && body.length > 0) {
      return new String(body, StandardCharsets.UTF_8);
    }
    JsonObject object = new JsonObject();
    new TreeMap<>(payload.metrics())
        .forEach(
            (name, value) -> {
              if (!without.contains(name)) {
                put(object, name, json(value));
              }
            });
    return object.toString();
  }

  private static void put(JsonObject object, String path, JsonElement value) {
    int dot = path.indexOf('.');
    if (dot <= 0 || dot == path.length() - 1) {
      object.add(path, value);
      return;
    }
    String name = path.substring(0, dot);
    JsonElement below = object.get(name);
    if (below == null || !below.isJsonObject()) {
      below = new JsonObject();
      object.add(name, below);
    }
    put(below.getAsJsonObject(), path.substring(dot + 1), value);
  }

  private static JsonElement json(Object value) {
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return new JsonPrimitive(number);
    } else if (value instanceof Date date) {
      return new JsonPrimitive(date.getTime());
    } else if (value instanceof byte[] bytes) {
      return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Object[] values) {
      JsonArray array = new JsonArray();
      for (Object each : values) {
        array.add(json(each));
      }
      return array;
    }
    return new JsonPrimitive(String.valueOf(value));
  }
}
