/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose word for a server is believed. */
public sealed interface ServerTrust {

  /**
   * A context that believes these, and shows the given keys.
   *
   * @param keys the device's own keys, null for none
   */
  SSLContext context(KeyManager @Nullable [] keys) throws GeneralSecurityException;

  /** What the JVM trusts. */
  static ServerTrust jvm() {
    return new Managers(null);
  }

  /** The certificates of a keystore. */
  static ServerTrust of(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return new Managers(factory.getTrustManagers());
  }

  /**
   * What a ready-made context trusts, such as the one of Kura's SslManagerService. It brings its
   * own keys, so it does not go together with a certificate from elsewhere.
   */
  static ServerTrust of(SSLContext context) {
    return new ReadyMade(context);
  }

  /**
   * Trust managers, combined with the device's keys.
   *
   * @param managers null for the JVM's own
   */
  record Managers(TrustManager @Nullable [] managers) implements ServerTrust {
    @Override
    public SSLContext context(KeyManager @Nullable [] keys) throws GeneralSecurityException {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, managers, null);
      return context;
    }
  }

  /** A context that somebody else made. */
  record ReadyMade(SSLContext ready) implements ServerTrust {
    public ReadyMade {
      Objects.requireNonNull(ready, "ready");
    }

    @Override
    public SSLContext context(KeyManager @Nullable [] keys) throws GeneralSecurityException {
      if (keys != null) {
        throw new GeneralSecurityException(
            "a TLS context with keys of its own cannot show the device's certificate");
      }
      return ready;
    }
  }
}
