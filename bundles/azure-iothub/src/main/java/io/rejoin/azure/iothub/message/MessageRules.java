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

  /** The properties travel in the MQTT topic, which has 65 535 bytes. */
  private static final int MAX_ENCODED_PROPERTIES = 65_000;

  /** The start of the topic, the device's id of up to 128 characters, twice, and the time. */
  private static final int ADDED_BY_LINK = 400;

  private static final int LONGEST_SYSTEM_NAME = 8;

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
    long properties = encodedProperties(message);
    if (properties > MAX_ENCODED_PROPERTIES) {
      return "the message's properties are longer than MQTT can carry";
    }
    long bytes = message.body().length + properties;
    return bytes > MAX_BYTES
        ? "the message has " + bytes + " bytes with its properties, IoT Hub takes " + MAX_BYTES
        : null;
  }

  /** An upper bound: how long they get in the MQTT topic, percent-encoded, with what is added. */
  private static long encodedProperties(OutgoingMessage message) {
    long bytes = ADDED_BY_LINK;
    for (Map.Entry<String, String> property : message.properties().entrySet()) {
      bytes += 2 + encoded(property.getKey()) + encoded(property.getValue());
    }
    for (String value :
        new @Nullable String[] {
          message.messageId(),
          message.correlationId(),
          message.contentType(),
          message.contentEncoding()
        }) {
      bytes += value == null ? 0 : LONGEST_SYSTEM_NAME + encoded(value);
    }
    return bytes;
  }

  private static long encoded(String text) {
    long length = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      length += b > 0 && Character.isLetterOrDigit(b) ? 1 : 3;
    }
    return length;
  }
}
