/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose sockets, but not whose engines, verify the name of the host, as in Kura 5.6.0.
 */
final class VerifyingSslContext extends SSLContext {

  private VerifyingSslContext(SSLContext context, SSLSocketFactory sockets) {
    super(new Spi(context, sockets), context.getProvider(), context.getProtocol());
  }

  /**
   * Wraps a context.
   *
   * @param cipherSuites separated by commas; empty for those of the context
   */
  static SSLContext around(SSLContext context, boolean verifyHostName, String cipherSuites) {
    return new VerifyingSslContext(
        context,
        new VerifyingSocketFactory(context.getSocketFactory(), verifyHostName, cipherSuites));
  }

  private static final class Spi extends SSLContextSpi {
    private final SSLContext context;
    private final SSLSocketFactory sockets;

    Spi(SSLContext context, SSLSocketFactory sockets) {
      this.context = context;
      this.sockets = sockets;
    }

    @Override
    protected void engineInit(KeyManager[] km, TrustManager[] tm, SecureRandom sr) {
      throw new IllegalStateException("already initialised");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return sockets;
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return context.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return context.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return context.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return context.getClientSessionContext();
    }
  }
}
