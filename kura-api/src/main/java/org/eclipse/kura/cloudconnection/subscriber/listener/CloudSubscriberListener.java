/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Told of messages that arrived. */
@ConsumerType
@FunctionalInterface
public interface CloudSubscriberListener {
  void onMessageArrived(KuraMessage message);
}
