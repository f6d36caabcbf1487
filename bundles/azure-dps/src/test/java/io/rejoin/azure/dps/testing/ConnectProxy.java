/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that tunnels, and asks for credentials if it was told some. */
public final class ConnectProxy implements AutoCloseable {

  private final SocketService service = new SocketService(this::serve);
  private final String credentials;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * @param credentials the expected Proxy-Authorization, empty for none
   */
  public ConnectProxy(String credentials) {
    this.credentials = credentials;
  }

  private void serve(Socket client) throws IOException {
    String head = head(client.getInputStream());
    heads.add(head);
    if (!credentials.isEmpty() && !head.contains("Proxy-Authorization: " + credentials + "\r\n")) {
      send(
          client,
          "HTTP/1.1 407 Proxy Authentication Required\r\n"
              + "Proxy-Authenticate: Basic realm=\"plant\"\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    String[] target = head.split(" ", 3)[1].split(":", 2);
    try (Socket server =
        new Socket(InetAddress.getByName(target[0]), Integer.parseInt(target[1]))) {
      send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      Thread back = new Thread(() -> pump(server, client));
      back.setDaemon(true);
      back.start();
      pump(client, server);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of both went away.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  public List<String> heads() {
    return heads;
  }

  public int port() {
    return service.port();
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
