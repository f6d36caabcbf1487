/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/** A server on loopback that treats each connection as told; for what no decent server does. */
public final class SocketService implements AutoCloseable {

  /** What to do with one connection; it is closed afterwards. */
  public interface Treatment {
    void treat(Socket socket) throws IOException;
  }

  private final ServerSocket door;
  private final Treatment treatment;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public SocketService(ServerSocketFactory factory, Treatment treatment) {
    this.treatment = treatment;
    try {
      door = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executor.execute(this::accept);
  }

  public SocketService(Treatment treatment) {
    this(ServerSocketFactory.getDefault(), treatment);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        open.add(socket);
        executor.execute(() -> treat(socket));
      }
    } catch (IOException e) {
      // Closed, which is how it ends.
    }
  }

  private void treat(Socket socket) {
    try (socket) {
      treatment.treat(socket);
    } catch (IOException e) {
      // The client's business.
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
    executor.shutdownNow();
  }
}
