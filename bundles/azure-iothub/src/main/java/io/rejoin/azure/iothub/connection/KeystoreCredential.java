/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.ConnectionString;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import java.net.Socket;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key in one of Kura's keystores. The key stays there: a PKCS#11 token's
 * cannot be read, so only the keystore's own key manager is asked.
 */
final class KeystoreCredential implements DeviceCredential.Certificate {

  private final X509Certificate certificate;
  private final KeyManager[] keyManagers;

  private KeystoreCredential(X509Certificate certificate, X509KeyManager keys, String alias) {
    this.certificate = certificate;
    this.keyManagers = new KeyManager[] {new OneAlias(keys, alias)};
  }

  /**
   * The one that a configuration names.
   *
   * @throws IllegalArgumentException with one line that says what is missing
   */
  static KeystoreCredential of(ConnectionOptions options, Services services) {
    KeystoreService keystore =
        services
            .keystore()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "KeystoreService.target: the keystore is not there; select one"));
    return of(keystore, options.who().keystoreAlias());
  }

  /**
   * The device's own certificate, whoever has it; empty when it has none or it cannot be read. May
   * block.
   */
  static Optional<X509Certificate> inUse(ConnectionOptions options, Services services) {
    try {
      return switch (options.who().identity()) {
        case X509 -> Optional.of(of(options, services).certificate());
        case PROVISIONER ->
            services
                .provisioner()
                .flatMap(Provisioner::credential)
                .map(own -> own instanceof DeviceCredential.Certificate x ? x.certificate() : null);
        case CONNECTION_STRING ->
            ConnectionString.parse(options.who().connectionString()).key() == null
                ? Optional.of(of(options, services).certificate())
                : Optional.empty();
        case SYMMETRIC_KEY -> Optional.empty();
      };
    } catch (RuntimeException e) {
      // Said when an attempt fails.
      return Optional.empty();
    }
  }

  /**
   * @throws IllegalArgumentException with one line that says what is missing
   */
  static KeystoreCredential of(KeystoreService keystore, String alias) {
    try {
      KeyStore store = keystore.getKeyStore();
      if (!(store.getCertificate(alias) instanceof X509Certificate certificate)) {
        throw new IllegalArgumentException(
            "keystore.alias is \"" + alias + "\": the keystore has no certificate under it");
      }
      List<KeyManager> managers = keystore.getKeyManagers("SunX509");
      for (KeyManager manager : managers) {
        if (manager instanceof X509KeyManager keys && keys.getPrivateKey(alias) != null) {
          return new KeystoreCredential(certificate, keys, alias);
        }
      }
      throw new IllegalArgumentException(
          "keystore.alias is \"" + alias + "\": the keystore has no key under it");
    } catch (KuraException | KeyStoreException e) {
      throw new IllegalArgumentException("the keystore cannot be read: " + e.getMessage());
    }
  }

  @Override
  public KeyManager[] keyManagers() {
    return keyManagers.clone();
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  /** Shows this alias, whatever else the keystore holds. */
  private static final class OneAlias extends X509ExtendedKeyManager {

    private final X509KeyManager keys;
    private final String alias;

    OneAlias(X509KeyManager keys, String alias) {
      this.keys = keys;
      this.alias = alias;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {alias};
    }

    @Override
    public String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return alias;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return alias;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String ofAlias) {
      return keys.getCertificateChain(ofAlias);
    }

    @Override
    public PrivateKey getPrivateKey(String ofAlias) {
      return keys.getPrivateKey(ofAlias);
    }
  }
}
