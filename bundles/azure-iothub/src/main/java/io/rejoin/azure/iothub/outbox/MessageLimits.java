/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What IoT Hub, MQTT and the SDK accept in a message, checked before it is stored. */
public final class MessageLimits {
  /**
   * The largest message: "device-to-cloud messages can be at most 256 KB" (Microsoft, "IoT Hub
   * quotas and throttling"), the names and values of its properties included.
   */
  static final int MAX_BYTES = 256 * 1024;

  /** "Message ID ... up to 128 characters" (Microsoft, "Create and read IoT Hub messages"). */
  static final int MAX_ID_CHARACTERS = 128;

  /**
   * Properties travel URL-encoded in the MQTT topic, which holds 65 535 bytes; the rest is for the
   * device's name and the system properties.
   */
  static final int MAX_ENCODED_PROPERTY_BYTES = 60_000;

  private static final String ID_CHARACTERS = "-:.+%_#*?!(),=@;$'";

  /** The names that the device SDK and IoT Hub keep for themselves. */
  private static final Set<String> RESERVED =
      Set.of(
          "connectiondeviceid",
          "connectionmoduleid",
          "to",
          "message-id",
          "correlation-id",
          "user-id",
          "content-type",
          "content-encoding",
          "creation-time-utc",
          "absolute-expiry-time");

  private MessageLimits() {}

  /** Tells why a message cannot be sent to IoT Hub; null when it can. */
  public static @Nullable String problem(OutgoingMessage message) {
    long bytes = message.body().length;
    long encoded = 0;
    for (Map.Entry<String, String> property : message.properties().entrySet()) {
      String problem = propertyProblem(property.getKey());
      if (problem != null) {
        return problem;
      }
      bytes += utf8Length(property.getKey()) + utf8Length(property.getValue());
      encoded += encodedLength(property.getKey()) + encodedLength(property.getValue()) + 2;
    }
    if (bytes > MAX_BYTES) {
      return "the message has " + bytes + " bytes with its properties; IoT Hub takes " + MAX_BYTES;
    }
    if (encoded > MAX_ENCODED_PROPERTY_BYTES) {
      return "the properties have "
          + encoded
          + " bytes URL-encoded; MQTT has room for "
          + MAX_ENCODED_PROPERTY_BYTES;
    }
    String problem = idProblem("message id", message.messageId());
    String correlationId = message.correlationId();
    return problem != null || correlationId == null
        ? problem
        : idProblem("correlation id", correlationId);
  }

  private static @Nullable String propertyProblem(String name) {
    if (name.isBlank()) {
      return "a message property has no name";
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(lowerCase) || lowerCase.startsWith("iothub-") || name.startsWith("$")) {
      return "the message property name '" + name + "' is reserved by IoT Hub";
    }
    return null;
  }

  private static @Nullable String idProblem(String what, String id) {
    if (id.isEmpty() || id.length() > MAX_ID_CHARACTERS) {
      return "the " + what + " has to have 1 to " + MAX_ID_CHARACTERS + " characters";
    }
    boolean allowed = id.chars().allMatch(MessageLimits::isIdCharacter);
    return allowed
        ? null
        : "the " + what + " may have ASCII letters, digits and " + ID_CHARACTERS + " only";
  }

  private static boolean isIdCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ID_CHARACTERS.indexOf(c) >= 0;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int encodedLength(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).length();
  }
}
