/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer of a peer whose certificate was verified. Immutable.
 *
 * @param status the HTTP status
 * @param body what came, empty when nothing did
 * @param retryAfter the header of that name, null when absent
 * @param date the header of that name, null when absent
 */
public record DpsAnswer(
    int status, String body, @Nullable String retryAfter, @Nullable String date) {

  /** The body as JSON object, null when it is none. */
  @Nullable JsonObject json() {
    try {
      JsonElement element = JsonParser.parseString(body);
      return element.isJsonObject() ? element.getAsJsonObject() : null;
    } catch (JsonParseException e) {
      return null;
    }
  }
}
