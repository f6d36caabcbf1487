/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import com.google.gson.JsonObject;
import java.util.Objects;

/**
 * A device's answer to a direct method.
 *
 * @param status of the device's choice, in HTTP's manner: 200 for done, 404 for an unknown method
 * @param payload JSON
 */
public record DirectMethodAnswer(int status, String payload) {

  public DirectMethodAnswer {
    Objects.requireNonNull(payload, "payload");
  }

  /** An answer that says in one line why there is no better one. */
  public static DirectMethodAnswer error(int status, String why) {
    JsonObject payload = new JsonObject();
    payload.addProperty("error", why);
    return new DirectMethodAnswer(status, payload.toString());
  }
}
