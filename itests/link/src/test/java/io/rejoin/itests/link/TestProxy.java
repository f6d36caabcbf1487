/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An HTTP proxy that knows CONNECT, and who may use it. */
final class TestProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final String login;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile String refusal = "";
  volatile String lastTarget = "";

  /**
   * @param login user and password with a colon between, empty when anybody may use it
   */
  TestProxy(String address, String login) throws IOException {
    this.login = login;
    listener = new ServerSocket(0, 50, InetAddress.getByName(address));
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Answers everybody with this status line. */
  void refuse(String statusLine) {
    refusal = statusLine;
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      sockets.add(socket);
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    String request = head(socket.getInputStream());
    lastTarget = request.split(" ", 3)[1];
    String answer = answer(request);
    socket
        .getOutputStream()
        .write((answer + "\r\nVia: test\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    if (!answer.contains(" 200 ")) {
      socket.close();
      return;
    }
    String[] target = lastTarget.split(":");
    Socket server = new Socket(target[0], Integer.parseInt(target[1]));
    sockets.add(server);
    start(() -> pump(server, socket));
    pump(socket, server);
  }

  private String answer(String request) {
    if (!refusal.isEmpty()) {
      return refusal;
    }
    String token = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    boolean known =
        login.isEmpty() || request.contains("\r\nProxy-Authorization: Basic " + token + "\r\n");
    return known
        ? "HTTP/1.1 200 Connection established"
        : "HTTP/1.1 407 Proxy Authentication Required";
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.read());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One end went; pump has closed the other.
              }
            },
            "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
