/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.connection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when a database goes and comes. */
@ConsumerType
public interface ConnectionListener {
  void connected();

  void disconnected();
}
