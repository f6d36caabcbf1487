/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import io.rejoin.provisioning.DeviceCredential;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;

/**
 * A certificate and its key in one of Kura's keystores. The key is used through key managers and
 * never read, so that one on a PKCS#11 token works, which cannot be exported.
 */
public final class KeystoreCertificate implements DeviceCredential.Certificate {

  private final X509Certificate certificate;
  private final KeyManager[] keyManagers;

  private KeystoreCertificate(X509Certificate certificate, KeyManager[] keyManagers) {
    this.certificate = certificate;
    this.keyManagers = keyManagers;
  }

  /**
   * Reads the keystore as it is now, so that a renewed certificate is used with the next request.
   *
   * @throws IdentityException if there is no such key with an X.509 certificate
   */
  public static KeystoreCertificate load(KeystoreService keystore, String alias)
      throws IdentityException {
    try {
      KeyStore.Entry entry = keystore.getEntry(alias);
      if (!(entry instanceof KeyStore.PrivateKeyEntry key)) {
        throw new IdentityException(
            "the keystore has no private key with alias " + alias + ": check keystore.alias");
      }
      if (!(key.getCertificate() instanceof X509Certificate certificate)) {
        throw new IdentityException("alias " + alias + " holds no X.509 certificate");
      }
      return new KeystoreCertificate(certificate, onlyWith(certificate, keystore, alias));
    } catch (KuraException | RuntimeException e) {
      throw new IdentityException(
          "the keystore cannot be read (" + e.getMessage() + "): check KeystoreService.target");
    }
  }

  private static KeyManager[] onlyWith(
      X509Certificate certificate, KeystoreService keystore, String alias)
      throws KuraException, IdentityException {
    List<KeyManager> managers = new ArrayList<>();
    for (KeyManager manager : keystore.getKeyManagers(KeyManagerFactory.getDefaultAlgorithm())) {
      if (manager instanceof X509ExtendedKeyManager keys) {
        SingleKeyManager.of(keys, certificate).ifPresent(managers::add);
      }
    }
    if (managers.isEmpty()) {
      throw new IdentityException("the keystore offers no key manager for alias " + alias);
    }
    return managers.toArray(KeyManager[]::new);
  }

  @Override
  public KeyManager[] keyManagers() {
    return keyManagers.clone();
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  /** The subject alone: a certificate is public, but its print is long. */
  @Override
  public String toString() {
    return "X.509 certificate of "
        + certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }
}
