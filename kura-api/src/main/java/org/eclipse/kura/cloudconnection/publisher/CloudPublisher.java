/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.publisher;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ProviderType;

/** Through which applications and wires send messages. */
@ProviderType
public interface CloudPublisher {
  /**
   * Hands over a message to be published.
   *
   * @return the id under which {@link CloudDeliveryListener} will be told of its delivery, or null
   *     if it will not be told
   * @throws KuraException if the message is not accepted
   */
  String publish(KuraMessage message) throws KuraException;

  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void registerCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);

  void unregisterCloudDeliveryListener(CloudDeliveryListener cloudDeliveryListener);
}
