/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import io.rejoin.azure.iothub.config.Attributes;
import io.rejoin.azure.iothub.config.Lines;
import io.rejoin.azure.iothub.payload.MessageTemplate;
import io.rejoin.azure.iothub.payload.PayloadFormat;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.CloudConnectionConstants;

/**
 * A publisher's settings, read from its properties.
 *
 * @param endpointPid the endpoint it belongs to, empty when none is set
 * @param destination where its messages go
 * @param template what telemetry looks like
 * @param problems one line for each setting that cannot be used
 */
record PublisherOptions(
    String endpointPid, Destination destination, MessageTemplate template, List<String> problems) {
  static PublisherOptions read(Map<String, Object> properties) {
    Attributes attributes = new Attributes(properties);
    Destination destination = attributes.choice("destination", Destination.TELEMETRY);
    MessageTemplate template =
        new MessageTemplate(
            attributes.choice("payload.format", PayloadFormat.KURA_JSON),
            attributes.text("content.type"),
            attributes.text("content.encoding"),
            attributes.text("message.id"),
            attributes.text("correlation.id"),
            Lines.read(attributes, "message.properties"),
            attributes.number("qos", 1, 0, 1),
            attributes.number("priority", MessageTemplate.DEFAULT_PRIORITY, 0, 9));
    String endpointPid =
        attributes.text(CloudConnectionConstants.CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME.value());
    return new PublisherOptions(endpointPid, destination, template, attributes.problems());
  }
}
