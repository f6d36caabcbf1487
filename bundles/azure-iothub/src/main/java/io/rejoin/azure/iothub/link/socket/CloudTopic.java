/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of a cloud-to-device message: {@code devices/{id}/messages/devicebound/} and then the
 * message's properties, each {@code key=value} percent-encoded, parted by {@code &}; the value, and
 * its {@code =} too, may be missing.
 */
public final class CloudTopic {
  private static final Logger logger = LoggerFactory.getLogger(CloudTopic.class);
  private static final String START = "devices/";
  private static final String DEVICE_BOUND = "/messages/devicebound/";

  /** The property by which the SDK reads a message's id, in the only spelling it finds. */
  private static final String MESSAGE_ID = "%24.mid=";

  private static final int MAX_TOPIC = 65_535;

  /** Tells packed properties from the message id that the SDK makes up when there are none. */
  private static final String PACKED = "packed.";

  private CloudTopic() {}

  /**
   * Packs all properties into the message id; other topics stay as they are. Properties too long to
   * be packed, of more than 48 000 bytes, are dropped: the message itself must come through.
   */
  static String pack(String topic) {
    int found = topic.startsWith(START) ? topic.indexOf(DEVICE_BOUND) : -1;
    if (found < 0) {
      return topic;
    }
    int bagStart = found + DEVICE_BOUND.length();
    byte[] bag = topic.substring(bagStart).getBytes(StandardCharsets.UTF_8);
    if (bag.length == 0) {
      return topic;
    }
    String start = topic.substring(0, bagStart);
    String packed = Base64.getUrlEncoder().withoutPadding().encodeToString(bag);
    String whole = start + MESSAGE_ID + PACKED + packed;
    if (whole.length() > MAX_TOPIC) {
      logger.warn("Dropped {} bytes of properties of a cloud-to-device message", bag.length);
      return start;
    }
    return whole;
  }

  /**
   * Unpacks what the SDK takes for a message's id.
   *
   * @return decoded properties by name, in the order they came in; empty when there were none
   */
  public static Map<String, String> unpack(String messageId) {
    if (!messageId.startsWith(PACKED)) {
      return Map.of();
    }
    byte[] packed = Base64.getUrlDecoder().decode(messageId.substring(PACKED.length()));
    String bag = new String(packed, StandardCharsets.UTF_8);
    Map<String, String> properties = new LinkedHashMap<>();
    for (String property : bag.split("&", -1)) {
      int equals = property.indexOf('=');
      String name = equals < 0 ? property : property.substring(0, equals);
      if (!name.isEmpty()) {
        properties.put(decode(name), equals < 0 ? "" : decode(property.substring(equals + 1)));
      }
    }
    return properties;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
