/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A server's side of TLS 1.2 and 1.3. It asks for a client certificate without insisting on one,
 * and takes any that is valid now: whose it is, is for the service to judge by its thumbprint. An
 * expired one ends the handshake with an alert. Thread-safe.
 *
 * <p>Unverified: Azure's HTTPS endpoints were reported to ask for the client certificate by a TLS
 * 1.2 renegotiation; here the first handshake asks for it.
 */
public final class ServerTls {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> FOREIGN_NAMES = List.of("login.hotspot.example");

  private final TestCa ca;
  private final Clock clock;
  private final List<String> names;
  private final Map<ServerCertificate, SSLContext> contexts =
      new EnumMap<>(ServerCertificate.class);

  private volatile ServerCertificate shown = ServerCertificate.GOOD;

  /**
   * @param names the server's host names and addresses
   * @param clock judges the validity of client certificates
   */
  public ServerTls(TestCa ca, List<String> names, Clock clock) {
    this.ca = ca;
    this.names = List.copyOf(names);
    this.clock = clock;
  }

  /** The certificate that new connections are shown. */
  public void show(ServerCertificate certificate) {
    shown = certificate;
  }

  public ServerCertificate shown() {
    return shown;
  }

  /** An engine for one new connection. */
  public SSLEngine newEngine() {
    SSLEngine engine = context(shown).createSSLEngine();
    engine.setUseClientMode(false);
    engine.setWantClientAuth(true);
    return engine;
  }

  private synchronized SSLContext context(ServerCertificate which) {
    return contexts.computeIfAbsent(which, this::newContext);
  }

  private SSLContext newContext(ServerCertificate which) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = {new AnyValidCertificate(clock)};
      context.init(issue(which).keyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Identity issue(ServerCertificate which) {
    Instant now = Instant.now();
    return switch (which) {
      case GOOD -> ca.issueServer(names);
      case OTHER_NAME -> ca.issueServer(FOREIGN_NAMES);
      case UNTRUSTED -> TestCa.create().issueServer(names);
      case CAPTIVE_PORTAL -> TestCa.create().issueServer(FOREIGN_NAMES);
      case EXPIRED -> ca.issueServer(names, now.minus(DAY.multipliedBy(30)), now.minus(DAY));
      case NOT_YET_VALID -> ca.issueServer(names, now.plus(DAY), now.plus(DAY.multipliedBy(30)));
    };
  }

  private record AnyValidCertificate(Clock clock) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      chain[0].checkValidity(Date.from(clock.instant()));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
