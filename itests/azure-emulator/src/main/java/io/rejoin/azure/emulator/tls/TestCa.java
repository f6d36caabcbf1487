/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one run: made at the start, gone at the end, so that no private key
 * ever lies in a repository. Issues the servers' and the devices' certificates and tells clients
 * whom to trust. Thread-safe.
 */
public final class TestCa {

  /** The kind of every key that an authority makes, its own included. */
  public enum KeyKind {
    /** NIST P-256, quick to make. */
    EC("EC", "SHA256withECDSA"),
    /** RSA with 2048 bits, as the authorities behind Azure use. */
    RSA("RSA", "SHA256withRSA");

    private final String algorithm;
    private final String signature;

    KeyKind(String algorithm, String signature) {
      this.algorithm = algorithm;
      this.signature = signature;
    }
  }

  private static final SecureRandom random = new SecureRandom();
  private static final Duration EARLIER = Duration.ofDays(1);
  private static final Duration LATER = Duration.ofDays(365);

  private final KeyKind kind;
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final X500Name name;

  private TestCa(KeyKind kind, String commonName) {
    this.kind = kind;
    this.name = new X500Name("CN=" + commonName);
    KeyPair pair = newKeyPair(kind);
    this.key = pair.getPrivate();
    Instant now = Instant.now();
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              newSerial(),
              Date.from(now.minus(LATER)),
              Date.from(now.plus(LATER)),
              name,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      this.certificate = sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new authority with keys on an elliptic curve. */
  public static TestCa create() {
    return create(KeyKind.EC);
  }

  public static TestCa create(KeyKind kind) {
    return new TestCa(kind, "Rejoin test authority " + newSerial().toString(36));
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The authority's certificate as PEM. */
  public String pem() {
    return new Identity(key, List.of(certificate)).certificatePem();
  }

  /**
   * A server certificate, valid from yesterday for a year.
   *
   * @param names host names and IP addresses that it is good for
   */
  public Identity issueServer(List<String> names) {
    Instant now = Instant.now();
    return issueServer(names, now.minus(EARLIER), now.plus(LATER));
  }

  public Identity issueServer(List<String> names, Instant notBefore, Instant notAfter) {
    GeneralName[] generalNames =
        names.stream().map(TestCa::generalName).toArray(GeneralName[]::new);
    return issue(
        names.get(0),
        KeyPurposeId.id_kp_serverAuth,
        notBefore,
        notAfter,
        new GeneralNames(generalNames));
  }

  /** A device certificate, valid from yesterday for a year. */
  public Identity issueClient(String commonName) {
    Instant now = Instant.now();
    return issueClient(commonName, now.minus(EARLIER), now.plus(LATER));
  }

  public Identity issueClient(String commonName, Instant notBefore, Instant notAfter) {
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, commonName));
    return issue(commonName, KeyPurposeId.id_kp_clientAuth, notBefore, notAfter, names);
  }

  /** A client's TLS context that trusts this authority alone. */
  public SSLContext clientContext() {
    return clientContext(new KeyManager[0]);
  }

  /** A client's TLS context that trusts this authority alone and shows the certificate. */
  public SSLContext clientContext(Identity identity) {
    return clientContext(identity.keyManagers());
  }

  private SSLContext clientContext(KeyManager[] keyManagers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public TrustManager[] trustManagers() {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trustStore());
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PKCS12 trust store in memory that holds this authority. */
  public KeyStore trustStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("rejoin-test-authority", certificate);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the trust store, protected by {@link Identity#PASSWORD}. */
  public void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      trustStore().store(out, Identity.PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Identity issue(
      String commonName,
      KeyPurposeId purpose,
      Instant notBefore,
      Instant notAfter,
      GeneralNames names) {
    KeyPair pair = newKeyPair(kind);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            newSerial(),
            Date.from(notBefore),
            Date.from(notAfter),
            new X500Name("CN=" + commonName),
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return new Identity(pair.getPrivate(), List.of(sign(builder), certificate));
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(kind.signature).build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralName generalName(String nameOrAddress) {
    boolean address = nameOrAddress.matches("[0-9.]+") || nameOrAddress.contains(":");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, nameOrAddress);
  }

  private static KeyPair newKeyPair(KeyKind kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
      if (kind == KeyKind.EC) {
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      } else {
        generator.initialize(2048, random);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger newSerial() {
    return new BigInteger(63, random).add(BigInteger.ONE);
  }
}
