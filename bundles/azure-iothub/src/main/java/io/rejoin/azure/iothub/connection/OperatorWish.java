/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.config.Attributes;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an operator asks, on the gateway, to have the device registered anew: by turning a switch in
 * the connection's form, or by an event.
 *
 * <p>The switch acts when it is turned, not by its position, so that a restart, which hands the
 * same position over again, asks for nothing.
 *
 * <p>The event has the topic {@value #TOPIC} and the property {@code kura.service.pid}, which names
 * the connection; with {@code spreadSeconds}, a number from 0 to 86400, the device registers at a
 * random moment within that time.
 */
final class OperatorWish {

  static final String TOPIC = "io/rejoin/azure/iothub/connection/REPROVISION";

  /** A command may spread its effect over a day, not longer. */
  static final int LONGEST_SPREAD_SECONDS = 86_400;

  private static final Logger logger = LoggerFactory.getLogger(OperatorWish.class);
  private static final String SWITCH = "reprovision.now";

  private final String pid;
  private boolean position;

  /**
   * @param pid the connection's {@code kura.service.pid}
   * @param properties with the position in which the switch was found
   */
  OperatorWish(String pid, Map<String, Object> properties) {
    this.pid = pid;
    position = read(properties);
  }

  /** Whether the switch has been turned since it was last looked at. */
  synchronized boolean turned(Map<String, Object> properties) {
    boolean before = position;
    position = read(properties);
    return before != position;
  }

  /** What is no position leaves the switch where it is. */
  private boolean read(Map<String, Object> properties) {
    Attributes attributes = new Attributes(properties);
    boolean found = attributes.flag(SWITCH, position);
    attributes.problems().forEach(line -> logger.warn("{}: {}; nothing is done", pid, line));
    return found;
  }

  /** Within how many milliseconds to register; empty when the event is for another connection. */
  OptionalLong spreadMillis(Event event) {
    if (!pid.equals(event.getProperty("kura.service.pid"))) {
      return OptionalLong.empty();
    }
    long seconds = event.getProperty("spreadSeconds") instanceof Number n ? n.longValue() : 0;
    long within = Math.max(0, Math.min(seconds, LONGEST_SPREAD_SECONDS));
    return OptionalLong.of(Duration.ofSeconds(within).toMillis());
  }
}
