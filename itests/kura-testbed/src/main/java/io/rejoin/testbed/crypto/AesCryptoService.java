/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * AES as Kura 5.6.0 does it: GCM with a fresh initialisation vector, so that the same text is never
 * encrypted twice to the same; vector and result in Base64 with a hyphen between. The key is the
 * property {@value #KEY_PROPERTY} or, as in Kura, one that everybody knows (here another than
 * Kura's).
 *
 * <p>The trap of the real one is kept: {@link #decryptAes(char[])} of a plain text with exactly one
 * hyphen, {@code HostName=factory.azure-devices.net;...} for instance, throws not a {@link
 * KuraException} but an unchecked exception.
 */
@Component(name = "org.eclipse.kura.crypto.CryptoService", service = CryptoService.class)
public final class AesCryptoService implements CryptoService {
  static final String KEY_PROPERTY = "org.eclipse.kura.core.crypto.secretKey";
  private static final String WELL_KNOWN_KEY = "rejoin-testbed-1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int TAG_BITS = 128;
  private static final int VECTOR_BYTES = 12;

  private final SecretKeySpec key;
  private final Path keystorePasswords;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public AesCryptoService(BundleContext context, @Reference SystemService system) {
    this(context.getProperty(KEY_PROPERTY), Path.of(system.getKuraDataDirectory()));
  }

  AesCryptoService(@Nullable String key, Path dataDirectory) {
    byte[] bytes = (key == null ? WELL_KNOWN_KEY : key).getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(bytes, "AES");
    this.keystorePasswords = dataDirectory.resolve("store.save");
  }

  @Override
  public char[] encryptAes(char[] value) throws KuraException {
    byte[] vector = new byte[VECTOR_BYTES];
    random.nextBytes(vector);
    byte[] plain = new String(value).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, vector).doFinal(plain);
      Base64.Encoder base64 = Base64.getEncoder();
      return (base64.encodeToString(vector) + "-" + base64.encodeToString(encrypted)).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, "value");
    }
  }

  @Override
  public char[] decryptAes(char[] encryptedValue) throws KuraException {
    if (encryptedValue.length == 0) {
      return new char[0];
    }
    String[] parts = new String(encryptedValue).split("-", 0);
    if (parts.length != 2) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
    }
    byte[] vector = Base64.getDecoder().decode(parts[0]);
    byte[] encrypted = Base64.getDecoder().decode(parts[1]);
    try {
      byte[] plain = cipher(Cipher.DECRYPT_MODE, vector).doFinal(encrypted);
      return new String(plain, StandardCharsets.UTF_8).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
    }
  }

  @Override
  @Deprecated
  public String encryptAes(String value) throws IllegalBlockSizeException {
    try {
      return new String(encryptAes(value.toCharArray()));
    } catch (KuraException e) {
      throw new IllegalBlockSizeException(e.getMessage());
    }
  }

  @Override
  @Deprecated
  public String decryptAes(String encryptedValue) throws IOException {
    try {
      return new String(decryptAes(encryptedValue.toCharArray()));
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String hash(String s, String algorithm) throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance(algorithm).digest(s.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  @Override
  public String encodeBase64(String stringValue) {
    return Base64.getEncoder().encodeToString(stringValue.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decodeBase64(String encodedValue) {
    return new String(Base64.getDecoder().decode(encodedValue), StandardCharsets.UTF_8);
  }

  /** Kura's initial password as long as none was set for any keystore, then null for this one. */
  @Override
  public synchronized char @Nullable [] getKeyStorePassword(String keyStorePath) {
    if (!Files.exists(keystorePasswords)) {
      return "changeit".toCharArray();
    }
    try {
      String encrypted = passwords().getProperty(keyStorePath);
      return encrypted == null ? null : decryptAes(encrypted.toCharArray());
    } catch (IOException | KuraException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void setKeyStorePassword(String keyStorePath, char[] password)
      throws KuraException {
    try {
      Properties passwords = passwords();
      passwords.setProperty(keyStorePath, new String(encryptAes(password)));
      try (OutputStream out = Files.newOutputStream(keystorePasswords)) {
        passwords.store(out, null);
      }
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e);
    }
  }

  @Override
  @Deprecated
  public void setKeyStorePassword(String keyStorePath, String password) throws IOException {
    try {
      setKeyStorePassword(keyStorePath, password.toCharArray());
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean isFrameworkSecure() {
    return false;
  }

  private Properties passwords() throws IOException {
    Properties passwords = new Properties();
    if (Files.exists(keystorePasswords)) {
      try (InputStream in = Files.newInputStream(keystorePasswords)) {
        passwords.load(in);
      }
    }
    return passwords;
  }

  private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, vector));
    return cipher;
  }
}
