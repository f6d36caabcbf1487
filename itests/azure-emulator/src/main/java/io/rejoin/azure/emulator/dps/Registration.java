/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of a device's last registration: what a lookup tells. */
public record Registration(
    String registrationId,
    String deviceId,
    String hubHostName,
    Status status,
    String substatus,
    Instant createdAt,
    Instant updatedAt,
    String etag,
    @Nullable JsonElement payload,
    @Nullable DpsError error) {

  /** As the service spells it, in lower case. */
  public enum Status {
    ASSIGNED("assigned"),
    FAILED("failed"),
    DISABLED("disabled");

    private final String spelling;

    Status(String spelling) {
      this.spelling = spelling;
    }

    String spelling() {
      return spelling;
    }
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("registrationId", registrationId);
    json.addProperty("createdDateTimeUtc", createdAt.toString());
    json.addProperty("lastUpdatedDateTimeUtc", updatedAt.toString());
    json.addProperty("status", status.spelling());
    json.addProperty("etag", etag);
    if (status == Status.ASSIGNED) {
      json.addProperty("assignedHub", hubHostName);
      json.addProperty("deviceId", deviceId);
      json.addProperty("substatus", substatus);
    }
    if (error != null) {
      json.addProperty("errorCode", error.number());
      json.addProperty("errorMessage", error.message());
    }
    if (payload != null) {
      json.add("payload", payload);
    }
    return json;
  }
}
