/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import com.microsoft.azure.sdk.iot.device.Message;
import io.rejoin.azure.iothub.link.socket.CloudTopic;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages to and from the SDK's form. */
final class SdkMessages {

  private SdkMessages() {}

  /** Gives one of the SDK's messages all that the message has besides its body. */
  static void fill(Message sdk, OutgoingMessage message) {
    sdk.setMessageId(message.messageId());
    // The SDK makes one up when it is not told that there is none.
    sdk.setCorrelationId(message.correlationId());
    sdk.setContentType(message.contentType());
    sdk.setContentEncoding(message.contentEncoding());
    if (message.createdAtMillis() != 0) {
      sdk.setCreationTimeUTC(new Date(message.createdAtMillis()));
    }
    message.properties().forEach(sdk::setProperty);
  }

  static CloudMessage fromSdk(Message sdk) {
    Map<String, String> system = new LinkedHashMap<>();
    Map<String, String> application = new LinkedHashMap<>();
    String packed = sdk.getMessageId();
    CloudTopic.unpack(packed == null ? "" : packed)
        .forEach((name, value) -> (isSystem(name) ? system : application).put(name, value));
    return new CloudMessage(sdk.getBytes(), system, application);
  }

  private static boolean isSystem(String name) {
    return name.startsWith("$.") || name.equals("iothub-ack");
  }
}
