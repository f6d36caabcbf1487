/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key with its certificate chain, made at run time for tests alone.
 *
 * @param chain own certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

  /** The password of every key store made here. Not a secret: the keys live as long as a test. */
  public static final String PASSWORD = "changeit";

  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the chain has to hold the own certificate");
    }
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** SHA-256 over the own certificate, upper-case hexadecimal, as a hub's registry shows it. */
  public String thumbprint() {
    return thumbprint(certificate(), "SHA-256");
  }

  /** SHA-1 over the own certificate, upper-case hexadecimal; IoT Hub takes both. */
  public String sha1Thumbprint() {
    return thumbprint(certificate(), "SHA-1");
  }

  static String thumbprint(X509Certificate certificate, String algorithm) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both thumbprints of a certificate by which a hub may know it: SHA-256 and SHA-1. */
  public static List<String> thumbprintsOf(X509Certificate certificate) {
    return List.of(thumbprint(certificate, "SHA-256"), thumbprint(certificate, "SHA-1"));
  }

  /** A PKCS12 key store in memory with this as its one entry, protected by {@link #PASSWORD}. */
  public KeyStore keyStore(String alias) {
    return keyStore("PKCS12", alias);
  }

  private KeyStore keyStore(String type, String alias) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      store.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of {@link #keyStore}, to be written to a file. */
  public byte[] pkcs12(String alias) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      keyStore(alias).store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public KeyManager[] keyManagers() {
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      // PKCS12 derives a key by ten thousand rounds, for what never leaves this memory.
      factory.init(keyStore("JKS", "identity"), PASSWORD.toCharArray());
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate chain as PEM. */
  public String certificatePem() {
    StringWriter pem = new StringWriter();
    try {
      for (X509Certificate one : chain) {
        pem.write(pem("CERTIFICATE", one.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return pem.toString();
  }

  /** The private key as PKCS#8 PEM. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  static String pem(String type, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, lines.encodeToString(der));
  }

  @Override
  public String toString() {
    return "Identity[" + certificate().getSubjectX500Principal() + "]";
  }
}
