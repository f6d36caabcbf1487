/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.status;

import org.osgi.annotation.versioning.ConsumerType;

/** Has a say in what the gateway's LED shows. */
@ConsumerType
public interface CloudConnectionStatusComponent {
  /** Returns the weight; the component with the highest decides. */
  int getNotificationPriority();

  CloudConnectionStatusEnum getNotificationStatus();

  /** Sets the status; called by {@link CloudConnectionStatusService#updateStatus}. */
  void setNotificationStatus(CloudConnectionStatusEnum status);
}
