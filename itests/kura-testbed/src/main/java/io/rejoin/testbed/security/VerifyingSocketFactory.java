/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes sockets that verify the name of the host and offer chosen cipher suites. */
final class VerifyingSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final boolean verifyHostName;
  private final String cipherSuites;

  VerifyingSocketFactory(SSLSocketFactory factory, boolean verifyHostName, String cipherSuites) {
    this.factory = factory;
    this.verifyHostName = verifyHostName;
    this.cipherSuites = cipherSuites;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return prepared(factory.createSocket());
  }

  @Override
  public Socket createSocket(Socket s, String host, int port, boolean autoClose)
      throws IOException {
    return prepared(factory.createSocket(s, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prepared(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prepared(factory.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prepared(factory.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return prepared(factory.createSocket(address, port, localAddress, localPort));
  }

  private Socket prepared(Socket socket) throws IOException {
    if (socket instanceof SSLSocket ssl) {
      SSLParameters parameters = ssl.getSSLParameters();
      if (verifyHostName) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      if (!cipherSuites.isBlank()) {
        parameters.setCipherSuites(cipherSuites.strip().split("\\s*,\\s*"));
      }
      ssl.setSSLParameters(parameters);
      ssl.setTcpNoDelay(true);
    }
    return socket;
  }
}
