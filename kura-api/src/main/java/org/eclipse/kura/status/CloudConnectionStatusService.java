/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.status;

import org.osgi.annotation.versioning.ProviderType;

/** Drives the gateway's LED: the registered component of the highest priority decides. */
@ProviderType
public interface CloudConnectionStatusService {
  int PRIORITY_MAX = Integer.MAX_VALUE;
  int PRIORITY_CRITICAL = 400;
  int PRIORITY_HIGH = 300;
  int PRIORITY_MEDIUM = 200;
  int PRIORITY_LOW = 100;
  int PRIORITY_MIN = Integer.MIN_VALUE;

  void register(CloudConnectionStatusComponent component);

  void unregister(CloudConnectionStatusComponent component);

  /** Sets the component's status and shows the result; returns false if that failed. */
  boolean updateStatus(CloudConnectionStatusComponent component, CloudConnectionStatusEnum status);
}
