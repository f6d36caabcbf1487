/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** A device twin: two JSON objects, each with a version; a patch with null removes. */
final class Twin {
  private final JsonObject desired;
  private final JsonObject reported;
  private long desiredVersion = 1;
  private long reportedVersion = 1;

  Twin() {
    this(new JsonObject(), new JsonObject());
  }

  private Twin(JsonObject desired, JsonObject reported) {
    this.desired = desired;
    this.reported = reported;
  }

  /** With the same properties; versions begin anew. */
  Twin copy() {
    return new Twin(desired.deepCopy(), reported.deepCopy());
  }

  /** The answer to a GET. */
  JsonObject document() {
    JsonObject document = new JsonObject();
    document.add("desired", versioned(desired, desiredVersion));
    document.add("reported", versioned(reported, reportedVersion));
    return document;
  }

  JsonObject reported() {
    return reported.deepCopy();
  }

  /** The new version. */
  long patchReported(JsonObject patch) {
    merge(reported, patch);
    return ++reportedVersion;
  }

  /** What to push: the patch with the new version. */
  JsonObject patchDesired(JsonObject patch) {
    merge(desired, patch);
    desiredVersion++;
    return versioned(patch, desiredVersion);
  }

  long desiredVersion() {
    return desiredVersion;
  }

  private static JsonObject versioned(JsonObject properties, long version) {
    JsonObject copy = properties.deepCopy();
    copy.addProperty("$version", version);
    return copy;
  }

  private static void merge(JsonObject target, JsonObject patch) {
    for (Map.Entry<String, JsonElement> change : patch.entrySet()) {
      JsonElement value = change.getValue();
      if (value.isJsonNull()) {
        target.remove(change.getKey());
      } else if (value.isJsonObject()) {
        JsonElement present = target.get(change.getKey());
        JsonObject inner =
            present != null && present.isJsonObject()
                ? present.getAsJsonObject()
                : new JsonObject();
        merge(inner, value.getAsJsonObject());
        target.add(change.getKey(), inner);
      } else {
        target.add(change.getKey(), value.deepCopy());
      }
    }
  }
}
