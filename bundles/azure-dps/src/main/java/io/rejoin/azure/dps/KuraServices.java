/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import io.rejoin.azure.dps.identity.IdentityException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/**
 * The services that come and go while the component stays. A service that goes is let go only if it
 * is the one that is held: with a changed target the new one comes first.
 */
final class KuraServices {

  private volatile @Nullable KeystoreService keystore;
  private volatile @Nullable SslManagerService sslManager;

  void bind(KeystoreService service) {
    keystore = service;
  }

  synchronized void unbind(KeystoreService service) {
    if (keystore == service) {
      keystore = null;
    }
  }

  void bind(SslManagerService service) {
    sslManager = service;
  }

  synchronized void unbind(SslManagerService service) {
    if (sslManager == service) {
      sslManager = null;
    }
  }

  KeystoreService keystore() throws IdentityException {
    KeystoreService present = keystore;
    if (present == null) {
      throw new IdentityException(
          "the keystore is missing: check KeystoreService.target and that its service runs");
    }
    return present;
  }

  /** Null where the JVM's trust counts. */
  @Nullable SslManagerService sslManager() {
    return sslManager;
  }
}
