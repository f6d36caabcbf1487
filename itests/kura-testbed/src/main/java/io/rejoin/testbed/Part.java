/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed;

/** A service of Kura that the testbed can take away and give back. */
public enum Part {
  CONFIGURATION("org.eclipse.kura.configuration.ConfigurationService"),
  CRYPTO("org.eclipse.kura.crypto.CryptoService"),
  SYSTEM("org.eclipse.kura.system.SystemService"),
  STORES("org.eclipse.kura.core.db.H2DbService"),
  STATUS("org.eclipse.kura.status.CloudConnectionStatusService"),
  WATCHDOG("org.eclipse.kura.watchdog.WatchdogService"),
  KEYSTORES("org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl"),
  SSL("org.eclipse.kura.ssl.SslManagerService");

  private final String component;

  Part(String component) {
    this.component = component;
  }

  /** The name of its component. */
  public String component() {
    return component;
  }
}
