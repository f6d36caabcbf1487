/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Carries an attempt's sockets to {@link LinkNetworkModuleFactory}; opens none itself. */
final class LinkSocketFactory extends SSLSocketFactory {
  private final LinkSockets sockets;

  LinkSocketFactory(LinkSockets sockets) {
    this.sockets = sockets;
  }

  LinkSockets sockets() {
    return sockets;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return new String[0];
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("LinkNetworkModule opens the sockets");
  }
}
