/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The subscriber's form in Kura's console. Texts are literal: Kura resolves no keys. */
@ObjectClassDefinition(
    id = CloudSubscriberComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/subscriber.png", size = 32),
    name = "Azure IoT Hub Subscriber",
    description =
        "Hands what the hub sends to wires and applications: cloud-to-device messages, calls of a"
            + " direct method, or desired properties. Works as it is: then it takes every message.")
@interface CloudSubscriberOcd {
  @AttributeDefinition(
      name = "Receives",
      options = {
        @Option(label = "Direct method calls", value = "DIRECT_METHOD"),
        @Option(label = "Cloud-to-device messages", value = "MESSAGES"),
        @Option(label = "Desired properties of the device twin", value = "DESIRED_PROPERTIES")
      },
      description =
          "Only the fields of what is chosen are read. Desired properties: all of them after each"
              + " connect, then what changes; each value is a metric named by its path.")
  String wanted() default "MESSAGES";

  @AttributeDefinition(
      name = "Message properties",
      required = false,
      description =
          "For cloud-to-device messages: takes only those whose application properties have all these values, one name=value"
              + " per line. Empty: every message. A message that no subscriber takes stays in the"
              + " hub until it expires there.|TextArea")
  String message_properties();

  @AttributeDefinition(
      name = "Method name",
      required = false,
      description =
          "For a direct method: its name. Empty: every method that no other subscriber serves."
              + " getConnectionStatus, reconnect and reprovision belong to the connection unless"
              + " switched off there.")
  String method_name();

  @AttributeDefinition(
      name = "Method answered by a publisher",
      description =
          "Off: the caller is answered 200 when the subscriber has returned, 500 when it failed."
              + " On: a publisher with destination Answers to direct methods answers, with the"
              + " call's metric method.request.id.")
  boolean method_answered_by_publisher() default false;

  @AttributeDefinition(
      name = "Method answer within (seconds)",
      min = "1",
      max = "300",
      description =
          "A caller who has no answer after this time is answered 504. Callers of IoT Hub wait 30 s"
              + " unless they ask for more.")
  int method_answer_seconds() default 25;
}
