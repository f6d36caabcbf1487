/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message must be like to be sent at all. One that is not would be dropped by the hub
 * together with its connection, or get stuck in the SDK without an answer.
 */
public final class MessageRules {
  /** IoT Hub's limit for body and properties together. */
  public static final int MAX_BYTES = 256 * 1024;

  /** The properties travel in the MQTT topic, which has 65 535 bytes; the rest is for its start. */
  private static final int MAX_ENCODED_PROPERTIES = 60_000;

  /** IoT Hub's documentation, "Create and read IoT Hub messages". */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9!#%&'*+.^_`|~-][A-Za-z0-9!#$%&'*+.^_`|~-]*");

  /** Names that the SDK keeps for itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "iothub-enqueuedtime",
          "iothub-messagelocktoken",
          "iothub-sequencenumber",
          "iothub-operation",
          "iothub-partition-key",
          "iothub-ack",
          "iothub-connection-auth-method",
          "iothub-connection-auth-generation-id",
          "iothub-messageid",
          "iothub-correlationid",
          "iothub-userid",
          "iothub-to",
          "iothub-content-type",
          "iothub-contenttype",
          "iothub-content-encoding",
          "iothub-contentencoding",
          "iothub-absolute-expiry-time",
          "IoThub-methodname",
          "connectionDeviceId",
          "connectionModuleId",
          "iothub-outputname",
          "iothub-inputname",
          "iothub-connection-device-id",
          "iothub-connection-module-id");

  private MessageRules() {}

  /** Why a message can never be sent, in one line; null when it can. */
  public static @Nullable String problem(OutgoingMessage message) {
    if (message.body().length == 0) {
      return "the message has no body: IoT Hub's client library does not send one";
    }
    if (message.messageId().isEmpty() || message.messageId().length() > 128) {
      return "the message id has " + message.messageId().length() + " characters, not 1 to 128";
    }
    for (String name : message.properties().keySet()) {
      if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
        return "IoT Hub does not take a property named \"" + name + "\"";
      }
    }
    long bytes = bytes(message);
    if (bytes > MAX_BYTES) {
      return "the message has " + bytes + " bytes with its properties, IoT Hub takes " + MAX_BYTES;
    }
    return encodedProperties(message) > MAX_ENCODED_PROPERTIES
        ? "the message's properties are longer than MQTT can carry"
        : null;
  }

  private static long bytes(OutgoingMessage message) {
    long bytes = message.body().length + propertyBytes(message, 1);
    return bytes;
  }

  private static long encodedProperties(OutgoingMessage message) {
    return propertyBytes(message, 3);
  }

  /**
   * Bytes of all properties, each byte that needs percent-encoding counted {@code weight} times.
   */
  private static long propertyBytes(OutgoingMessage message, int weight) {
    long bytes = 0;
    for (Map.Entry<String, String> property : message.properties().entrySet()) {
      bytes += 2 + length(property.getKey(), weight) + length(property.getValue(), weight);
    }
    for (String value :
        new @Nullable String[] {
          message.messageId(),
          message.correlationId(),
          message.contentType(),
          message.contentEncoding()
        }) {
      bytes += value == null ? 0 : 8 + length(value, weight);
    }
    return bytes;
  }

  private static long length(String text, int weight) {
    long length = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      length += Character.isLetterOrDigit((char) (b & 0x7f)) && b > 0 ? 1 : weight;
    }
    return length;
  }
}
