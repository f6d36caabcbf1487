/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The publisher's form in Kura's console. Texts are literal: Kura resolves no keys. */
@ObjectClassDefinition(
    id = CloudPublisherComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/publisher.png", size = 32),
    name = "Azure IoT Hub Publisher",
    description =
        "Sends the messages of wires and applications to the hub, unless told otherwise as"
            + " device-to-cloud messages. Works as it is; every field may stay as it is.")
@interface CloudPublisherOcd {
  @AttributeDefinition(
      name = "Destination",
      options = {
        @Option(label = "Direct methods: answers", value = "METHOD_ANSWER"),
        @Option(label = "Device-to-cloud messages", value = "TELEMETRY"),
        @Option(label = "Reported properties of the device twin", value = "REPORTED_PROPERTIES")
      },
      description =
          "Messages: sent through the store, with the fields below. Answers and reported properties"
              + " are the JSON of the message's body or, without one, its metrics, in which a.b"
              + " stands for b within a; an answer needs the call's metric method.request.id."
              + " Reported properties are kept in memory until a hub has taken them.")
  String destination() default "TELEMETRY";

  @AttributeDefinition(
      name = "Payload format",
      options = {
        @Option(label = "Kura JSON", value = "KURA_JSON"),
        @Option(label = "Kura protobuf", value = "KURA_PROTOBUF"),
        @Option(label = "Raw body", value = "RAW_BODY")
      },
      description =
          "Kura JSON: metrics, position and time as JSON, on which the hub can route and query."
              + " Kura protobuf: smaller, needs Kura's Kapua cloud service on this gateway. Raw"
              + " body: the message's body alone, without its metrics.")
  String payload_format() default "KURA_JSON";

  @AttributeDefinition(
      name = "Quality of service",
      options = {
        @Option(label = "At most once (0), never stored", value = "0"),
        @Option(label = "At least once (1), stored until confirmed", value = "1")
      },
      description =
          "With 0 a message is sent only while the gateway is connected, and fails otherwise.")
  int qos() default 1;

  @AttributeDefinition(
      name = "Priority",
      min = "0",
      max = "9",
      description =
          "After an outage messages with a lower number are sent first: 0 for alarms, 7 for"
              + " readings.")
  int priority() default 7;

  @AttributeDefinition(
      name = "Message properties",
      required = false,
      description =
          "Application properties for routing and queries, one name=value per line. $name or"
              + " ${name} is replaced by the metric or message property of that name; a property"
              + " without a value is left out.|TextArea")
  String message_properties();

  @AttributeDefinition(
      name = "Content type",
      required = false,
      description =
          "The hub's content-type. Empty: application/json, application/x-protobuf or"
              + " application/octet-stream after the payload format.")
  String content_type();

  @AttributeDefinition(
      name = "Content encoding",
      required = false,
      description =
          "The hub's content-encoding. Empty: utf-8 with JSON, none otherwise. Routing on the body"
              + " needs application/json and utf-8.")
  String content_encoding();

  @AttributeDefinition(
      name = "Message id",
      required = false,
      description =
          "The hub's message-id, may have placeholders. Empty: one that no other message has.")
  String message_id();

  @AttributeDefinition(
      name = "Correlation id",
      required = false,
      description = "The hub's correlation-id, may have placeholders. Empty: none.")
  String correlation_id();
}
