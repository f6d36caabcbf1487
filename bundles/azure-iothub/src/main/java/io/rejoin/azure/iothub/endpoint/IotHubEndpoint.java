/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
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

  /** An id that no other message of this gateway has. */
  String newMessageId();
}
