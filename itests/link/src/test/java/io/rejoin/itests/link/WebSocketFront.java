/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * MQTT over WebSockets in front of a hub that has none: unpacks the frames (RFC 6455) and passes
 * MQTT on. Pings the client before each answer, splits answers into two frames, and asks for the
 * path that the SDK uses.
 */
final class WebSocketFront implements AutoCloseable {
  private static final String PATH = "/$iothub/websocket?iothub-no-client-cert=true";

  private final ServerSocket listener;
  private final SSLContext client;
  private final String host;
  private final int mqttPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile String refusal = "";

  WebSocketFront(TestCa ca, String host, int mqttPort) throws IOException {
    this.host = host;
    this.mqttPort = mqttPort;
    client = ca.clientContext();
    listener =
        server(ca.issueServer(List.of(host)))
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName(host));
    start(this::accept);
  }

  private static SSLContext server(Identity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.keyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Answers requests for a WebSocket with this status line. */
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
    InputStream in = socket.getInputStream();
    String request = head(in);
    if (!refusal.isEmpty() || !request.startsWith("GET " + PATH + " HTTP/1.1\r\n")) {
      String answer = refusal.isEmpty() ? "HTTP/1.1 404 Not Found" : refusal;
      socket.getOutputStream().write((answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.close();
      return;
    }
    Socket hub = client.getSocketFactory().createSocket(host, mqttPort);
    sockets.add(hub);
    OutputStream out = socket.getOutputStream();
    out.write(switching(request).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    start(() -> frame(hub, socket));
    unframe(new DataInputStream(in), hub);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static String switching(String request) {
    String key = request.replaceAll("(?s).*Sec-WebSocket-Key: (\\S+)\r\n.*", "$1");
    try {
      byte[] salted =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      String accept =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: "
          + accept
          + "\r\n\r\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unframe(DataInputStream in, Socket hub) throws IOException {
    OutputStream out = hub.getOutputStream();
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      long length = in.readUnsignedByte() & 0x7f;
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (opcode == 2) {
        out.write(payload);
        out.flush();
      }
    }
  }

  private static void frame(Socket hub, Socket socket) throws IOException {
    byte[] buffer = new byte[60_000];
    InputStream in = hub.getInputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      OutputStream out = socket.getOutputStream();
      int half = count / 2;
      out.write(new byte[] {(byte) 0x89, 1, 'p'});
      out.write(new byte[] {0x02, 126, (byte) (half >> 8), (byte) half});
      out.write(buffer, 0, half);
      int rest = count - half;
      out.write(new byte[] {(byte) 0x80, 126, (byte) (rest >> 8), (byte) rest});
      out.write(buffer, half, rest);
      out.flush();
    }
    socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    socket.close();
  }

  private interface Task {
    void run() throws IOException;
  }

  private void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                close(); // one end went, so does the other
              }
            },
            "web-socket-front");
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
