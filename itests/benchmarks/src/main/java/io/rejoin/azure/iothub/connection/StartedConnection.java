/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.retry.RetryPolicy;
import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.system.SystemService;

/** A connection component, started and stopped as SCR does it. */
public final class StartedConnection implements AutoCloseable {
  private final ConnectionComponent component;

  public StartedConnection(
      Map<String, Object> properties,
      CryptoService crypto,
      SystemService system,
      KeystoreService trust,
      RetryPolicy policy) {
    component = new ConnectionComponent(properties, crypto, system);
    component.bindTruststoreKeystoreService(trust);
    component.bindRetryPolicy(policy, Map.of());
    component.activate();
  }

  public HubConnection connection() {
    return component;
  }

  @Override
  public void close() {
    component.deactivate();
  }
}
