/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads what a stranger wrote: a member of another type is as good as none. */
final class Json {

  private Json() {}

  /** The member's text or number as text, empty when there is none. */
  static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** The member's number, 0 when there is none or it has more than nine digits. */
  static int number(JsonObject json, String name) {
    String text = text(json, name);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  static @Nullable JsonObject object(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : null;
  }
}
