/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address where a connection is neither accepted nor refused: the queue of its listener is full,
 * so that Linux drops what comes.
 */
final class BlackHole implements AutoCloseable {
  private static final int MOST = 20;

  private final ServerSocket listener;
  private final List<Socket> queue = new ArrayList<>();

  BlackHole(String address, int port) throws IOException {
    listener = new ServerSocket(port, 1, InetAddress.getByName(address));
    while (takesOneMore()) {
      if (queue.size() == MOST) {
        throw new IOException("this system's queues do not fill up");
      }
    }
  }

  private boolean takesOneMore() throws IOException {
    Socket socket = new Socket();
    queue.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 300);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  String address() {
    return listener.getInetAddress().getHostAddress();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queue) {
      socket.close();
    }
    listener.close();
  }
}
