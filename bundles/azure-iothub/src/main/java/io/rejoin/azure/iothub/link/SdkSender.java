/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.MessageSentCallback;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to the SDK so that it sends them in their order. The SDK's own queue does not keep
 * it: each time before it sends, its sending thread empties the queue to look for expired messages
 * and fills it again, and what another thread adds in between gets ahead.
 *
 * <p>So another thread adds a message only when the SDK has sent all that came before. As long as
 * it has not, messages wait here until its sending thread itself comes by: it asks each message for
 * its body when it sends it. Thread-safe.
 */
final class SdkSender {
  private static final Logger logger = LoggerFactory.getLogger(SdkSender.class);

  private final DeviceClient client;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();

  /** How many messages the SDK was given and has not begun to send. */
  private int given;

  SdkSender(DeviceClient client) {
    this.client = client;
  }

  /**
   * Queues a message. One that the SDK loses, since it is not connected, is answered for by the
   * link when it ends.
   */
  void send(OutgoingMessage message, MessageSentCallback callback) {
    Outgoing outgoing = new Outgoing(message, callback);
    synchronized (this) {
      if (given > 0) {
        waiting.add(outgoing);
        return;
      }
      given = 1;
    }
    give(outgoing);
  }

  /** On the SDK's sending thread, when it begins to send one. */
  private void sending() {
    List<Outgoing> next;
    synchronized (this) {
      next = new ArrayList<>(waiting);
      waiting.clear();
      given += next.size() - 1;
    }
    next.forEach(this::give);
  }

  private void give(Outgoing outgoing) {
    try {
      client.sendEventAsync(outgoing, outgoing.callback, null);
    } catch (IllegalStateException e) {
      logger.debug("The SDK has closed: {}", e.toString());
    }
  }

  private final class Outgoing extends Message {
    private final MessageSentCallback callback;
    private boolean sent;

    Outgoing(OutgoingMessage message, MessageSentCallback callback) {
      super(message.body());
      this.callback = callback;
      SdkMessages.fill(this, message);
    }

    @Override
    public byte[] getBytes() {
      if (!sent) {
        sent = true;
        sending();
      }
      return super.getBytes();
    }

    /** The SDK's own writes the fraction .117 as .0000117. */
    @Override
    public @Nullable String getCreationTimeUTCString() {
      Date created = getCreationTimeUTC();
      return created == null ? null : created.toInstant().toString();
    }
  }
}
