/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.ssl;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.annotation.versioning.ProviderType;

/** TLS as the operator configured it: protocol, cipher suites, trust store and key store. */
@ProviderType
public interface SslManagerService {
  /** Returns a context that may present any private key of the key store. */
  SSLContext getSSLContext() throws GeneralSecurityException, IOException;

  /**
   * Returns a context for one private key. In Kura 5.6.0 the alias only names the context in the
   * cache: all keys of the store are offered, as without alias.
   *
   * @param keyAlias the key's alias in the key store
   */
  SSLContext getSSLContext(String keyAlias) throws GeneralSecurityException, IOException;

  /** Returns the socket factory of {@link #getSSLContext()}. */
  SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException;

  /** Returns the socket factory of {@link #getSSLContext(String)}. */
  SSLSocketFactory getSSLSocketFactory(String keyAlias)
      throws GeneralSecurityException, IOException;

  /** Stores belong to the configuration: use {@link #getSSLSocketFactory(String)}. */
  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String cipherSuites,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias)
      throws GeneralSecurityException, IOException;

  /** Stores belong to the configuration: use {@link #getSSLSocketFactory(String)}. */
  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String cipherSuites,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias,
      boolean hostnameVerification)
      throws GeneralSecurityException, IOException;

  /** Returns the trusted certificates; a keystore service tells them too. */
  @Deprecated
  X509Certificate[] getTrustCertificates() throws GeneralSecurityException, IOException;

  /** Trusts a certificate; a keystore service does that too. */
  @Deprecated
  void installTrustCertificate(String alias, X509Certificate x509crt)
      throws GeneralSecurityException, IOException;

  /** Ends the trust in a certificate; a keystore service does that too. */
  @Deprecated
  void deleteTrustCertificate(String alias) throws GeneralSecurityException, IOException;

  /** Adds a private key; a keystore service does that too. */
  @Deprecated
  void installPrivateKey(
      String alias, PrivateKey privateKey, char[] password, Certificate[] publicCerts)
      throws GeneralSecurityException, IOException;
}
