/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.net.HttpReply;
import java.time.Instant;
import java.util.UUID;

/**
 * The service's errors: HTTP status and {@code {"errorCode", "trackingId", "message",
 * "timestampUtc"}}.
 *
 * <p>Unverified: all numbers but 401002, and the difference between an unknown id scope and an
 * unknown enrolment; Microsoft's "Troubleshooting with DPS" says 404 for both.
 *
 * @param number six digits, of which the first three are the HTTP status
 */
public record DpsError(int number, String message) {
  public static final DpsError BAD_REQUEST = new DpsError(400000, "Bad request");
  public static final DpsError UNSUPPORTED_VERSION = new DpsError(400003, "Invalid api-version");
  public static final DpsError UNAUTHORIZED = new DpsError(401002, "Unauthorized");
  public static final DpsError ID_SCOPE_NOT_FOUND = new DpsError(404001, "Id scope not found");
  public static final DpsError ENROLMENT_NOT_FOUND = new DpsError(404201, "Enrollment not found");
  public static final DpsError NOT_REGISTERED = new DpsError(404202, "Registration not found");
  public static final DpsError OPERATION_NOT_FOUND = new DpsError(404203, "Operation not found");
  public static final DpsError NOT_ALLOWED = new DpsError(405000, "Method not allowed");
  public static final DpsError THROTTLED = new DpsError(429001, "Too many requests");
  public static final DpsError INTERNAL = new DpsError(500000, "Internal server error");
  public static final DpsError UNAVAILABLE = new DpsError(503000, "Service unavailable");

  public int status() {
    return number / 1000;
  }

  public HttpReply reply(Instant now) {
    JsonObject body = new JsonObject();
    body.addProperty("errorCode", number);
    body.addProperty("trackingId", UUID.randomUUID().toString());
    body.addProperty("message", message);
    body.addProperty("timestampUtc", now.toString());
    return HttpReply.json(status(), body.toString())
        .with("x-ms-error-code", Integer.toString(number));
  }
}
