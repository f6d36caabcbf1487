/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import java.util.Map;
import java.util.Objects;

/**
 * One cloud-to-device message, its properties decoded. Immutable by agreement: nobody writes to the
 * array.
 *
 * @param body the payload, may be empty
 * @param systemProperties IoT Hub's own properties by their short names on the wire, such as {@code
 *     $.mid} (message id), {@code $.cid} (correlation id), {@code $.ct} (content type), {@code
 *     $.ce} (content encoding), {@code iothub-ack}
 * @param properties the sender's application properties; a value may be empty
 */
public record CloudMessage(
    byte[] body, Map<String, String> systemProperties, Map<String, String> properties) {

  public CloudMessage {
    Objects.requireNonNull(body, "body");
    systemProperties = Map.copyOf(systemProperties);
    properties = Map.copyOf(properties);
  }
}
