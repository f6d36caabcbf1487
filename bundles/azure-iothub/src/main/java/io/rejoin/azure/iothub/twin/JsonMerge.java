/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The merging of JSON objects by which twins change (RFC 7396). Pure. */
public final class JsonMerge {
  private static final JsonObject EMPTY = new JsonObject();

  private JsonMerge() {}

  /** What the document is after the patch: null removes, an object merges, all else replaces. */
  public static JsonObject applied(JsonObject document, JsonObject patch) {
    JsonObject result = document.deepCopy();
    for (Map.Entry<String, JsonElement> change : patch.entrySet()) {
      JsonElement value = change.getValue();
      if (value.isJsonNull()) {
        result.remove(change.getKey());
      } else if (value.isJsonObject()) {
        result.add(
            change.getKey(),
            applied(objectOf(result.get(change.getKey())), value.getAsJsonObject()));
      } else {
        result.add(change.getKey(), value.deepCopy());
      }
    }
    return result;
  }

  /** All names of both; where only one has an object, that. Values do not matter. */
  static JsonObject union(JsonObject one, JsonObject other) {
    JsonObject result = one.deepCopy();
    for (Map.Entry<String, JsonElement> member : other.entrySet()) {
      JsonElement mine = result.get(member.getKey());
      if (member.getValue().isJsonObject()) {
        result.add(member.getKey(), union(objectOf(mine), member.getValue().getAsJsonObject()));
      } else if (mine == null) {
        result.add(member.getKey(), member.getValue().deepCopy());
      }
    }
    return result;
  }

  /**
   * The patch that makes this of another document.
   *
   * @param wanted what it is to become; has no nulls
   * @param certain what it has for certain
   * @param possible all names that it may have
   */
  static JsonObject patch(JsonObject wanted, JsonObject certain, JsonObject possible) {
    JsonObject patch = new JsonObject();
    for (Map.Entry<String, JsonElement> member : wanted.entrySet()) {
      String name = member.getKey();
      JsonElement value = member.getValue();
      JsonElement there = certain.get(name);
      if (value.isJsonObject()) {
        JsonObject below =
            patch(value.getAsJsonObject(), objectOf(there), objectOf(possible.get(name)));
        if (below.size() > 0 || there == null || !there.isJsonObject()) {
          patch.add(name, below);
        }
      } else if (!value.equals(there)) {
        patch.add(name, value.deepCopy());
      }
    }
    for (String name : possible.keySet()) {
      if (!wanted.has(name)) {
        patch.add(name, JsonNull.INSTANCE);
      }
    }
    return patch;
  }

  private static JsonObject objectOf(@Nullable JsonElement value) {
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : EMPTY;
  }
}
