/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server that closes each connection as soon as the TLS handshake is over. */
final class HangsUp implements AutoCloseable {
  private final SSLServerSocket listener;

  HangsUp(TestCa ca, String address) throws IOException, GeneralSecurityException {
    Identity identity = ca.issueServer(List.of(address));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.keyManagers(), null, null);
    listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName(address));
    Thread accepting = new Thread(this::accept, "hangs up");
    accepting.setDaemon(true);
    accepting.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.startHandshake();
      } catch (IOException e) {
        // the client went first, or the test is over
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
