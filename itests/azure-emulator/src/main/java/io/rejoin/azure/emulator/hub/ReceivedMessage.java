/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A device-to-cloud message as it came.
 *
 * @param sequence its number at this hub, from 0
 * @param properties system properties, such as {@code $.mid}, and application properties, decoded
 * @param qos 0 or 1
 * @param dup whether the device marked it as sent before
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to read, never compared
public record ReceivedMessage(
    long sequence,
    Instant at,
    String deviceId,
    Map<String, String> properties,
    byte[] body,
    int qos,
    boolean dup) {

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** {@code $.mid}, empty when there is none. */
  public String messageId() {
    return property("$.mid");
  }

  /** {@code $.cid}, empty when there is none. */
  public String correlationId() {
    return property("$.cid");
  }

  /** {@code $.ct}, empty when there is none. */
  public String contentType() {
    return property("$.ct");
  }

  /** {@code $.ce}, empty when there is none. */
  public String contentEncoding() {
    return property("$.ce");
  }

  /** Empty when there is none. */
  public String property(String name) {
    return properties.getOrDefault(name, "");
  }
}
