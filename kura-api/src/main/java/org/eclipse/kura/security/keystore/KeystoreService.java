/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.security.keystore;

import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.X509CRL;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One keystore: private keys, certificates and revocation lists. With a hardware token the private
 * keys cannot be read: use {@link #getKeyManagers(String)}. An alias of null is an {@link
 * IllegalArgumentException} throughout.
 */
@ProviderType
public interface KeystoreService {
  KeyStore getKeyStore() throws KuraException;

  /** Returns the entry, null if there is none of that alias. */
  Entry getEntry(String alias) throws KuraException;

  /** Adds or replaces an entry and saves the keystore. */
  void setEntry(String alias, Entry entry) throws KuraException;

  Map<String, Entry> getEntries() throws KuraException;

  /** Removes an entry, if it exists, and saves the keystore. */
  void deleteEntry(String alias) throws KuraException;

  /** Returns key managers over the private keys. */
  List<KeyManager> getKeyManagers(String algorithm) throws KuraException;

  /** Returns key managers of a security provider; missing in Kura 5.5: do not call it. */
  List<KeyManager> getKeyManagers(String algorithm, String provider) throws KuraException;

  void createKeyPair(
      String alias, String algorithm, int keySize, String signatureAlgorithm, String attributes)
      throws KuraException;

  void createKeyPair(
      String alias,
      String algorithm,
      int keySize,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException;

  void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException;

  void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes)
      throws KuraException;

  /** Returns a certificate signing request for the key pair, in PEM. */
  String getCSR(KeyPair keyPair, X500Principal principal, String signerAlg) throws KuraException;

  /** Returns a certificate signing request for a stored key pair, in PEM. */
  String getCSR(String alias, X500Principal principal, String signerAlg) throws KuraException;

  List<String> getAliases() throws KuraException;

  Collection<CRL> getCRLs() throws KuraException;

  CertStore getCRLStore() throws KuraException;

  void addCRL(X509CRL crl) throws KuraException;
}
