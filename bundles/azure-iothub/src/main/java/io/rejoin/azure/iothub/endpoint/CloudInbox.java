/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.payload.CloudMessages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands cloud-to-device messages to the subscribers that want them.
 *
 * <p>A message that nobody wants stays with the hub, which delivers it again on a later connection
 * only. After a start the connection is often up before the applications are, so such messages are
 * also kept here for a while: whoever wants one later gets it at once, and when the hub delivers it
 * again, it is taken without being handed over twice.
 */
final class CloudInbox {
  private static final Logger logger = LoggerFactory.getLogger(CloudInbox.class);

  /** The most that a hub queues for one device (Microsoft, "IoT Hub quotas and throttling"). */
  private static final int MAX_KEPT = 50;

  private record Subscription(Map<String, String> filter, CloudSubscriberListener listener) {
    boolean wants(CloudMessage message) {
      return message.properties().entrySet().containsAll(filter.entrySet());
    }
  }

  private final Consumer<Runnable> later;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Deque<CloudMessage> early = new ArrayDeque<>();
  private final Set<String> handedOver =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MAX_KEPT;
            }
          });

  /**
   * Makes an inbox without subscribers.
   *
   * @param later runs what must not run in the caller's thread
   */
  CloudInbox(Consumer<Runnable> later) {
    this.later = later;
  }

  /** A subscriber gets the messages that have all these properties. */
  synchronized void subscribe(Map<String, String> filter, CloudSubscriberListener listener) {
    Subscription subscription = new Subscription(Map.copyOf(filter), listener);
    subscriptions.add(subscription);
    for (Iterator<CloudMessage> kept = early.iterator(); kept.hasNext(); ) {
      CloudMessage message = kept.next();
      if (subscription.wants(message)) {
        kept.remove();
        remember(message);
        later.accept(() -> hand(CloudMessages.toKura(message), List.of(listener)));
      }
    }
  }

  synchronized void unsubscribe(CloudSubscriberListener listener) {
    subscriptions.removeIf(subscription -> subscription.listener() == listener);
  }

  /** Forgets what was kept: it belongs to another connection. */
  synchronized void forget() {
    early.clear();
    handedOver.clear();
  }

  /** Whether somebody took the message. */
  boolean onMessage(CloudMessage message) {
    List<CloudSubscriberListener> wanting;
    synchronized (this) {
      String id = CloudMessages.messageId(message);
      if (id != null && handedOver.remove(id)) {
        return true;
      }
      wanting =
          subscriptions.stream()
              .filter(subscription -> subscription.wants(message))
              .map(Subscription::listener)
              .toList();
      if (wanting.isEmpty()) {
        keep(message);
      }
    }
    hand(CloudMessages.toKura(message), wanting);
    return !wanting.isEmpty();
  }

  private void keep(CloudMessage message) {
    if (CloudMessages.messageId(message) != null
        && early.stream().noneMatch(kept -> sameId(kept, message))) {
      early.add(message);
      if (early.size() > MAX_KEPT) {
        early.remove();
      }
    }
    logger.debug("A cloud-to-device message waits for a subscriber");
  }

  private static boolean sameId(CloudMessage kept, CloudMessage message) {
    return Objects.equals(CloudMessages.messageId(kept), CloudMessages.messageId(message));
  }

  private void remember(CloudMessage message) {
    String id = CloudMessages.messageId(message);
    if (id != null) {
      handedOver.add(id);
    }
  }

  private static void hand(KuraMessage message, List<CloudSubscriberListener> to) {
    for (CloudSubscriberListener listener : to) {
      try {
        listener.onMessageArrived(message);
      } catch (RuntimeException e) {
        logger.warn("A subscriber failed on a cloud-to-device message", e);
      }
    }
  }
}
