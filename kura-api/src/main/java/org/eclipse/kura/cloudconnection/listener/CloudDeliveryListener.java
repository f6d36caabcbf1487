/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Told of messages that the cloud platform confirmed. */
@ConsumerType
public interface CloudDeliveryListener {
  /**
   * A message was confirmed.
   *
   * @param messageId what {@code publish} returned for it
   */
  void onMessageConfirmed(String messageId);
}
