/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificate of a server that is not trusted, to tell a network's login page, which
 * shows its own name, from a missing root. Java checks the chain before the name and says nothing
 * about the name of an untrusted one.
 *
 * <p>Trusts nobody: every handshake is broken off as soon as the certificate was seen, and nothing
 * is sent.
 */
public final class PeerInspection {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private PeerInspection() {}

  /**
   * Whether the server shows a certificate for names among which its own is not; false when none
   * could be seen. Blocks for at most twice the limit.
   */
  public static boolean showsAnotherName(Endpoint endpoint, Duration limit) {
    X509Certificate certificate = certificate(endpoint, (int) limit.toMillis());
    return certificate != null && !names(certificate, endpoint.host());
  }

  private static @Nullable X509Certificate certificate(Endpoint endpoint, int limitMillis) {
    Witness witness = new Witness();
    // A channel's socket, since an interrupt closes it.
    try (SocketChannel channel = SocketChannel.open();
        Socket socket = channel.socket()) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {witness}, null);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), limitMillis);
      socket.setSoTimeout(limitMillis);
      try (SSLSocket ssl =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(socket, endpoint.host(), endpoint.port(), false)) {
        ssl.startHandshake();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // As intended, or there was nothing to see.
    }
    return witness.seen.get();
  }

  /** Whether a certificate is for this host, as RFC 6125 has it for servers. */
  static boolean names(X509Certificate certificate, String host) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives != null
          && alternatives.stream().anyMatch(alternative -> fits(alternative, host));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean fits(List<?> alternative, String host) {
    String name = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
    String wanted = host.toLowerCase(Locale.ROOT);
    if (alternative.get(0).equals(IP_ADDRESS)) {
      return name.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    boolean byWildcard =
        name.startsWith("*.") && dot > 0 && name.substring(1).equals(wanted.substring(dot));
    return alternative.get(0).equals(DNS_NAME) && (name.equals(wanted) || byWildcard);
  }

  /** Sees and refuses. */
  private static final class Witness implements X509TrustManager {
    private final AtomicReference<@Nullable X509Certificate> seen = new AtomicReference<>();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      seen.set(chain[0]);
      throw new CertificateException("seen, which is all that was wanted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("no server here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
