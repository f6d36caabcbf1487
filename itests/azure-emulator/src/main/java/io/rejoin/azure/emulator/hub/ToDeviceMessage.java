/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A cloud-to-device message.
 *
 * @param messageId {@code $.mid}
 * @param bag its application properties as they stand in the topic, encoded
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to read, never compared
public record ToDeviceMessage(String messageId, List<String> bag, byte[] body) {
  public ToDeviceMessage {
    bag = List.copyOf(bag);
  }

  public static ToDeviceMessage of(String text) {
    return new ToDeviceMessage(UUID.randomUUID().toString(), List.of(), text.getBytes(UTF_8));
  }

  public ToDeviceMessage property(String name, String value) {
    return with(Properties.format(Map.of(name, value)));
  }

  /**
   * A poisonous one: a property with a name and no value, {@code name} or {@code name=}. Both are
   * legal, and either ends the connection of a client of the Java SDK 2.5.0.
   */
  public ToDeviceMessage propertyWithoutValue(String name, boolean equalsSign) {
    return with(equalsSign ? name + "=" : name);
  }

  private ToDeviceMessage with(String pair) {
    List<String> longer = new ArrayList<>(bag);
    longer.add(pair);
    return new ToDeviceMessage(messageId, longer, body);
  }

  String topic(String deviceId) {
    String to = "/devices/" + deviceId + "/messages/devicebound";
    String system = "%24.mid=" + messageId + "&" + Properties.format(Map.of("$.to", to));
    List<String> all = new ArrayList<>(bag);
    all.add(0, system);
    return "devices/" + deviceId + "/messages/devicebound/" + String.join("&", all);
  }
}
