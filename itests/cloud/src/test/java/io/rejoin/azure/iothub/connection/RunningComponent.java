/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.system.SystemService;

/** A connection component, started and stopped as SCR does it. */
public final class RunningComponent implements AutoCloseable {
  private final ConnectionComponent component;

  public RunningComponent(
      Map<String, Object> properties,
      CryptoService crypto,
      SystemService system,
      KeystoreService trust) {
    component = new ConnectionComponent(properties, crypto, system);
    component.bindTruststoreKeystoreService(trust);
    component.activate();
  }

  public HubConnection connection() {
    return component;
  }

  public void modified(Map<String, Object> properties) {
    component.modified(properties);
  }

  @Override
  public void close() {
    component.deactivate();
  }
}
