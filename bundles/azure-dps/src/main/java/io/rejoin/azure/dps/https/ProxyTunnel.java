/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executor;

/**
 * Adds a user's name and password to the CONNECT of Java's HTTP client.
 *
 * <p>By default Java does not send Basic credentials to a proxy that tunnels HTTPS, however they
 * are set, and the switch for it ({@code jdk.http.auth.tunneling.disabledSchemes}) is one for the
 * whole JVM that has to be thrown before anybody uses HTTP: nothing that an add-on could do to a
 * gateway. So the client is sent to a port on loopback, from where its CONNECT goes on to the proxy
 * with the credentials. The port lives as long as one conversation, takes nothing but a CONNECT to
 * the one server, and sees only encrypted bytes.
 *
 * <p>Channels, since an interrupt ends each thread that waits for one.
 */
final class ProxyTunnel implements AutoCloseable {

  private static final int LONGEST_HEAD = 8192;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final Proxy proxy;
  private final String target;
  private final Executor executor;
  private final ServerSocketChannel door;

  /**
   * @param target the one server to connect to
   * @param executor runs three tasks for each connection
   */
  ProxyTunnel(Proxy proxy, Endpoint target, Executor executor) throws IOException {
    this.proxy = proxy;
    this.target = target.host() + ":" + target.port();
    this.executor = executor;
    this.door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    executor.execute(this::accept);
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) door.getLocalAddress();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = door.accept();
        executor.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed, which is how it ends.
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      String head = head(client);
      if (!head.startsWith("CONNECT " + target + " ")) {
        answer(client, "403 Forbidden");
        return;
      }
      try (SocketChannel server = SocketChannel.open()) {
        if (!connect(server)) {
          answer(client, "502 The proxy cannot be reached");
          return;
        }
        send(server, request());
        executor.execute(() -> pump(client, server));
        pump(server, client);
      }
    } catch (IOException e) {
      // The client sees its connection closed.
    }
  }

  private boolean connect(SocketChannel server) {
    try {
      return server.connect(
          new InetSocketAddress(proxy.endpoint().host(), proxy.endpoint().port()));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private String request() {
    byte[] credentials = (proxy.user() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8);
    return "CONNECT "
        + target
        + " HTTP/1.1\r\nHost: "
        + target
        + "\r\nProxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(credentials)
        + END_OF_HEAD;
  }

  /** Byte by byte, so as not to take what follows; a head has a few dozen of them. */
  private static String head(SocketChannel client) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf(END_OF_HEAD) < 0) {
      if (head.length() == LONGEST_HEAD || client.read(one.clear()) < 0) {
        throw new IOException("no HTTP request");
      }
      head.append((char) one.get(0));
    }
    return head.toString();
  }

  private static void answer(SocketChannel client, String status) throws IOException {
    send(client, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close" + END_OF_HEAD);
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(LONGEST_HEAD);
    try {
      while (from.read(buffer.clear()) >= 0) {
        write(to, buffer.flip());
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void closeQuietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }

  @Override
  public void close() {
    closeQuietly(door);
  }
}
