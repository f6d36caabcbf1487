/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.config.Secrets;
import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.system.SystemService;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

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

  /** Brings the keystore with the device's certificate. */
  public void bind(KeystoreService keystore) {
    component.bindKeystoreService(keystore);
  }

  public void bind(SslManagerService sslManager) {
    component.bindSslManagerService(sslManager);
  }

  /** What Kura's SSL manager calls when its configuration or a keystore of its has changed. */
  public void sslChanged() {
    component.onConfigurationUpdated();
  }

  public void bind(EventAdmin admin) {
    component.bindEventAdmin(admin);
  }

  public void handle(Event event) {
    component.handleEvent(event);
  }

  /** What a debugger or a careless line of log would show. */
  public String printed(Map<String, Object> properties, CryptoService crypto) {
    return component + " " + ConnectionOptions.read(properties, new Secrets(crypto));
  }

  @Override
  public void close() {
    component.deactivate();
  }
}
