/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One device-to-cloud message. Names neither device nor hub: both are filled in when it is sent, so
 * that a stored message survives a move to another hub. Immutable by agreement: nobody writes to
 * the array after handing it over.
 *
 * @param body the payload
 * @param messageId IoT Hub's {@code message-id}, which consumers use to drop duplicates
 * @param correlationId IoT Hub's {@code correlation-id}, null for none
 * @param createdAtMillis creation time, milliseconds since 1970; 0 for none
 * @param contentType such as {@code application/json}, null for none
 * @param contentEncoding such as {@code utf-8}, null for none; message routing on the body needs it
 * @param properties application properties
 * @param qos 0 or 1
 */
public record OutgoingMessage(
    byte[] body,
    String messageId,
    @Nullable String correlationId,
    long createdAtMillis,
    @Nullable String contentType,
    @Nullable String contentEncoding,
    Map<String, String> properties,
    int qos) {

  public OutgoingMessage {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(messageId, "messageId");
    properties = Map.copyOf(properties);
    if (qos != 0 && qos != 1) {
      throw new IllegalArgumentException("IoT Hub knows QoS 0 and 1, not " + qos);
    }
  }
}
