/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The one way past the SDK to its MQTT client: an {@link SSLContext} that carries an attempt's
 * sockets. The SDK asks it for nothing but its socket factory, and hands that on to {@link
 * LinkNetworkModuleFactory}.
 */
public final class LinkSslContext extends SSLContext {

  public LinkSslContext(LinkSockets sockets) {
    super(new Spi(sockets), null, "TLS");
  }

  private static final class Spi extends SSLContextSpi {
    private final LinkSockets sockets;

    Spi(LinkSockets sockets) {
      this.sockets = sockets;
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new LinkSocketFactory(sockets);
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("carries an attempt's sockets only");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("carries an attempt's sockets only");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new UnsupportedOperationException("carries an attempt's sockets only");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new UnsupportedOperationException("carries an attempt's sockets only");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      throw new UnsupportedOperationException("carries an attempt's sockets only");
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      throw new UnsupportedOperationException("carries an attempt's sockets only");
    }
  }
}
