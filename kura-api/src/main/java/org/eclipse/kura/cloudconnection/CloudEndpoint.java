/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection;

import java.util.Collections;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection to a cloud platform. Applications use it through a publisher or subscriber, never
 * directly.
 */
@ProviderType
public interface CloudEndpoint {
  /**
   * Hands over a message to be published.
   *
   * @return the id under which {@link CloudDeliveryListener} will be told of its delivery, or null
   *     if it will not be told
   * @throws KuraException if the message is not accepted
   */
  String publish(KuraMessage message) throws KuraException;

  /**
   * Passes messages that match the properties to the listener from now on.
   *
   * @param subscriptionProperties what to receive, in the terms of this endpoint
   */
  void registerSubscriber(
      Map<String, Object> subscriptionProperties, CloudSubscriberListener cloudSubscriberListener);

  /** Ends every registration of the listener. */
  void unregisterSubscriber(CloudSubscriberListener cloudSubscriberListener);

  /** Returns what the console's Status page shows, sorted by key; empty if not implemented. */
  default Map<String, String> getInfo() {
    return Collections.emptyMap();
  }

  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}
