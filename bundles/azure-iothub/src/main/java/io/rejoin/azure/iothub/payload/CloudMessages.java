/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import io.rejoin.azure.iothub.message.CloudMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * Turns a cloud-to-device message into Kura's. The payload is the body byte for byte or, if that is
 * a payload in Kura's JSON, what it says. The message's properties are the sender's, and IoT Hub's
 * own as {@code message.id}, {@code correlation.id}, {@code content.type} and {@code
 * content.encoding}, which a sender's property of that name does not replace.
 */
public final class CloudMessages {
  private static final Map<String, String> SYSTEM_PROPERTIES =
      Map.of(
          "$.mid", "message.id",
          "$.cid", "correlation.id",
          "$.ct", "content.type",
          "$.ce", "content.encoding");

  private CloudMessages() {}

  public static KuraMessage toKura(CloudMessage message) {
    Map<String, Object> properties = new HashMap<>(message.properties());
    SYSTEM_PROPERTIES.forEach(
        (system, name) -> {
          String value = message.systemProperties().get(system);
          if (value != null) {
            properties.put(name, value);
          }
        });
    return new KuraMessage(payload(message.body()), properties);
  }

  /** IoT Hub's id of a message, null when the sender gave none. */
  public static @Nullable String messageId(CloudMessage message) {
    return message.systemProperties().get("$.mid");
  }

  private static KuraPayload payload(byte[] body) {
    if (body.length > 0 && body[0] == '{') {
      try {
        return KuraJson.read(new String(body, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // Some other JSON, which the body alone carries.
      }
    }
    KuraPayload payload = new KuraPayload();
    payload.setBody(body);
    return payload;
  }
}
