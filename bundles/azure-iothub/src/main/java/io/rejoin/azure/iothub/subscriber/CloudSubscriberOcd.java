/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The subscriber's form in Kura's console. Texts are literal: Kura resolves no keys. */
@ObjectClassDefinition(
    id = CloudSubscriberComponent.PID,
    name = "Azure IoT Hub Subscriber",
    description =
        "Hands the hub's cloud-to-device messages to wires and applications. Works as it is: then"
            + " it takes every message.")
@interface CloudSubscriberOcd {
  @AttributeDefinition(
      name = "Message properties",
      required = false,
      description =
          "Takes only messages whose application properties have all these values, one name=value"
              + " per line. Empty: every message. A message that no subscriber takes stays in the"
              + " hub until it expires there.|TextArea")
  String message_properties();
}
