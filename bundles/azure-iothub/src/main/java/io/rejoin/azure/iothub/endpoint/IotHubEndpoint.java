/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.jspecify.annotations.Nullable;

/** What this bundle's publishers and subscribers see of an endpoint, beside Kura's interfaces. */
public interface IotHubEndpoint extends CloudEndpoint, CloudConnectionManager {
  String PID = "io.rejoin.azure.iothub.CloudEndpoint";

  /**
   * Accepts a message: with QoS 1 it is stored when this returns.
   *
   * @param priority 0 is the most important
   * @return the message id, which delivery listeners are told; null with QoS 0
   * @throws KuraException says why the message was not accepted
   */
  @Nullable String publish(OutgoingMessage message, int priority) throws KuraException;

  /** Has a listener serve direct methods until {@link #unregisterSubscriber}. */
  void serveMethod(MethodSubscription method, CloudSubscriberListener listener);

  /**
   * Answers a call that a {@link MethodSubscription} leaves to a publisher.
   *
   * @throws KuraException if nobody waits for this answer, or not any more
   */
  void answerMethod(String requestId, DirectMethodAnswer answer) throws KuraException;

  /**
   * Has a listener told of desired properties until {@link #unregisterSubscriber}: all of them on
   * each session, then what changes.
   */
  void subscribeDesiredProperties(CloudSubscriberListener listener);

  /**
   * Reports properties to the twin, now or as soon as there is a session. They are kept in memory
   * alone and reported anew on each session.
   *
   * @param patch a JSON object, null in it for what is to be removed
   * @return an id that delivery listeners are told when a hub has taken them
   * @throws KuraException says why they can never be reported
   */
  String report(String patch) throws KuraException;

  /** An id that no other message of this gateway has. */
  String newMessageId();
}
