/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import io.rejoin.provisioning.DeviceCredential;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS connection needs: whom to trust, and how to show one's own certificate.
 *
 * @param context trust and keys
 * @param parameters allowed protocols and ciphers
 */
public record Tls(SSLContext context, SSLParameters parameters) {

  /**
   * TLS for one conversation, by what trust and keystore hold now.
   *
   * @param sslManager Kura's trust, null for the JVM's
   * @param credential whose certificate to show, if it is one
   */
  public static Tls of(@Nullable SslManagerService sslManager, DeviceCredential credential)
      throws GeneralSecurityException, IOException {
    if (credential instanceof DeviceCredential.Certificate certificate) {
      return withCertificate(sslManager, certificate);
    }
    SSLContext context = sslManager == null ? context(null, null) : kuras(sslManager);
    return new Tls(context, context.getDefaultSSLParameters());
  }

  /** Kura's, with revocation checks and ciphers as configured there. */
  private static SSLContext kuras(SslManagerService sslManager)
      throws GeneralSecurityException, IOException {
    try {
      return sslManager.getSSLContext();
    } catch (RuntimeException e) {
      // What Kura throws when a keystore of its own is missing.
      throw new GeneralSecurityException("the SslManagerService: " + e.getMessage(), e);
    }
  }

  /**
   * TLS 1.2 alone: the service asks for a certificate after the handshake, which TLS 1.2 does by
   * renegotiation and Java's TLS 1.3 not at all.
   *
   * <p>The SSLContext of an SslManagerService has the keys of its own keystore; so here its trusted
   * certificates go together with the key managers of the device's.
   */
  private static Tls withCertificate(
      @Nullable SslManagerService sslManager, DeviceCredential.Certificate certificate)
      throws GeneralSecurityException, IOException {
    TrustManager[] trust = sslManager == null ? null : trust(sslManager);
    SSLContext context = context(certificate.keyManagers(), trust);
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.2"});
    return new Tls(context, parameters);
  }

  private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  @SuppressWarnings("deprecation") // The only way to Kura's trust without Kura's keys.
  private static TrustManager[] trust(SslManagerService sslManager)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    X509Certificate[] certificates = sslManager.getTrustCertificates();
    for (int i = 0; certificates != null && i < certificates.length; i++) {
      anchors.setCertificateEntry("anchor-" + i, certificates[i]);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory.getTrustManagers();
  }
}
