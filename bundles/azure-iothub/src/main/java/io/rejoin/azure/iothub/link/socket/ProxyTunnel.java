/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6). Own code because {@code java.net.http} refuses
 * Basic authentication for tunnels unless the whole JVM is told otherwise.
 */
final class ProxyTunnel {
  private ProxyTunnel() {}

  /** Turns a connection to the proxy into one to the target. */
  static void open(Socket socket, HttpProxy proxy, Destination to) throws IOException {
    socket.getOutputStream().write(request(proxy, to).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    HttpHead answer = HttpHead.read(socket.getInputStream());
    if (answer.status() / 100 != 2) {
      throw new ProxyRefusedException(
          "proxy "
              + proxy.host()
              + ":"
              + proxy.port()
              + " answered \""
              + answer.statusLine()
              + "\"",
          answer.status());
    }
  }

  private static String request(HttpProxy proxy, Destination to) {
    String target = to.host() + ":" + to.port();
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    HttpProxy.Credentials credentials = proxy.credentials();
    if (credentials != null) {
      String pair = credentials.user() + ":" + credentials.password();
      request +=
          "Proxy-Authorization: Basic "
              + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
              + "\r\n";
    }
    return request + "\r\n";
  }
}
