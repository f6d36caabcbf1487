/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.config.Attributes;
import io.rejoin.azure.iothub.outbox.OutboxSettings;
import io.rejoin.azure.iothub.outbox.OutboxSettings.Foreign;
import io.rejoin.azure.iothub.outbox.OutboxSettings.WhenFull;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The endpoint's settings, read from its properties.
 *
 * @param problems one line for each setting that cannot be used
 */
record EndpointOptions(OutboxSettings outbox, List<String> problems) {
  /** Told apart connections of the same name, one after the other; set by the factory, unseen. */
  static final String ORIGIN = "outbox.origin";

  static EndpointOptions read(Map<String, Object> properties) {
    Attributes attributes = new Attributes(properties);
    OutboxSettings outbox =
        new OutboxSettings(
            attributes.number("outbox.window", 100, 1, 1_000),
            attributes.number("outbox.capacity", 500_000, 1, 10_000_000),
            attributes.choice("outbox.when.full", WhenFull.REFUSE_NEW),
            Duration.ofHours(attributes.number("outbox.max.age.hours", 0, 0, 87_600)),
            Duration.ofSeconds(attributes.number("outbox.send.timeout.seconds", 60, 5, 3_600)),
            attributes.text(ORIGIN),
            attributes.choice("outbox.foreign.messages", Foreign.HOLD));
    return new EndpointOptions(outbox, attributes.problems());
  }
}
