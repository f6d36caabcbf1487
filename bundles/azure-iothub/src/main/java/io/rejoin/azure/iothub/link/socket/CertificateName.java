/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose name stands in the certificate of a server that is not trusted. A wrong name means that
 * somebody else answers, such as a hotel's login page; the right name on an unknown issuer means
 * that trust is configured wrongly, or that somebody inspects TLS on the way.
 */
public final class CertificateName {
  private static final Logger logger = LoggerFactory.getLogger(CertificateName.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private CertificateName() {}

  /**
   * Does a handshake that trusts everybody but compares the name, sends nothing, and hangs up. May
   * block for 10 s. A handshake that cannot be done proves nothing.
   */
  public static boolean isForeign(NameResolver resolver, Destination destination) {
    LinkSockets sockets =
        new LinkSockets(
            resolver,
            destination,
            trusting().getSocketFactory(),
            LinkSockets.TLS,
            System::nanoTime,
            LIMIT);
    try {
      sockets.connect();
      return false;
    } catch (SSLException e) {
      return true;
    } catch (IOException e) {
      logger.debug("Looking at the certificate of {}: {}", destination.host(), e.toString());
      return false;
    } finally {
      sockets.closeAll();
    }
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** Not an X509ExtendedTrustManager: for the plain kind, JSSE itself compares the name. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
