/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.watchdog;

import org.osgi.annotation.versioning.ConsumerType;

/** Without a sign of life from which the gateway is restarted. */
@ConsumerType
public interface CriticalComponent {
  /** Returns the name, unique on the gateway. */
  String getCriticalComponentName();

  /** Returns the longest time between two signs of life, in milliseconds. */
  int getCriticalComponentTimeout();
}
