/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.crypto;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Encryption for secrets in configurations, and a few helpers around it. */
@ProviderType
public interface CryptoService {
  /** Encrypts a secret with the gateway's key. */
  char[] encryptAes(char[] value) throws KuraException;

  /**
   * Decrypts what {@link #encryptAes(char[])} returned.
   *
   * @throws KuraException if it was not encrypted with the gateway's key
   */
  char[] decryptAes(char[] encryptedValue) throws KuraException;

  /** Use {@link #encryptAes(char[])}. */
  @Deprecated
  String encryptAes(String value)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IllegalBlockSizeException,
          BadPaddingException;

  /** Use {@link #decryptAes(char[])}. */
  @Deprecated
  String decryptAes(String encryptedValue)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IOException,
          IllegalBlockSizeException,
          BadPaddingException;

  default String sha1Hash(String s) throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(s, "SHA-1");
  }

  default String sha256Hash(String s)
      throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(s, "SHA-256");
  }

  /** Returns the hash of the text's UTF-8 bytes, as Base64. */
  String hash(String s, String algorithm)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  String encodeBase64(String stringValue)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  String decodeBase64(String encodedValue)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  /** Returns the password kept for a keystore file. */
  char[] getKeyStorePassword(String keyStorePath);

  void setKeyStorePassword(String keyStorePath, char[] password) throws KuraException;

  /** Use {@link #setKeyStorePassword(String, char[])}. */
  @Deprecated
  void setKeyStorePassword(String keyStorePath, String password) throws IOException;

  /** Returns whether Kura runs with its security add-on. */
  boolean isFrameworkSecure();
}
