/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Told of the connection of an endpoint. */
@ConsumerType
public interface CloudConnectionListener {
  /** The connection was ended on purpose. */
  void onDisconnected();

  /** The connection broke. */
  void onConnectionLost();

  void onConnectionEstablished();
}
