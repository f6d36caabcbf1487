/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraDisconnectException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Provided by an endpoint whose connection stays open: gives the console its Connect and Disconnect
 * buttons. The service needs a {@code kura.service.pid}.
 */
@ProviderType
public interface CloudConnectionManager {
  /**
   * Connects.
   *
   * @throws KuraConnectException if that fails; the only exception that the console handles
   */
  void connect() throws KuraConnectException;

  /**
   * Ends the connection in good order.
   *
   * @throws KuraDisconnectException if that fails
   */
  void disconnect() throws KuraDisconnectException;

  boolean isConnected();

  void registerCloudConnectionListener(CloudConnectionListener cloudConnectionListener);

  void unregisterCloudConnectionListener(CloudConnectionListener cloudConnectionListener);
}
