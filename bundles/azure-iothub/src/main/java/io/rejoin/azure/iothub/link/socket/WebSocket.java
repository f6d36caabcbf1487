/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A client's WebSocket (RFC 6455) for MQTT: binary messages as two plain streams. Own code, because
 * Paho's drops the connection on a ping, and the one of {@code java.net.http} tries one address
 * only and cannot log in to a proxy.
 *
 * <p>One thread may read while another writes.
 */
final class WebSocket {
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InputStream in;
  private final OutputStream out;

  private WebSocket(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Asks the server for a WebSocket that carries MQTT. */
  static WebSocket upgrade(InputStream in, OutputStream out, String host, String pathAndQuery)
      throws IOException {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    String request =
        "GET "
            + pathAndQuery
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: "
            + key
            + "\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    HttpHead answer = HttpHead.read(in);
    if (answer.status() != 101
        || !accept(key).equals(answer.headers().get("sec-websocket-accept"))
        || !"mqtt".equalsIgnoreCase(answer.headers().get("sec-websocket-protocol"))) {
      throw new UpgradeRefusedException(answer.statusLine(), answer.status());
    }
    return new WebSocket(in, out);
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** What the server sends, without the frames around it; ends when the server closes. */
  InputStream input() {
    return new Unframed();
  }

  /** Sends what was written as one message when flushed. */
  OutputStream output() {
    return new Framed();
  }

  /** One frame; the lock keeps a pong from getting in between. */
  private void send(int opcode, byte[] payload) throws IOException {
    byte[] mask = new byte[4];
    RANDOM.nextBytes(mask);
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i & 3]));
    }
    synchronized (out) {
      out.write(frame.array(), 0, frame.position());
      out.flush();
    }
  }

  private final class Framed extends OutputStream {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      message.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      message.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      byte[] payload = message.toByteArray();
      message.reset();
      if (payload.length > 0) {
        send(BINARY, payload);
      }
    }
  }

  private final class Unframed extends InputStream {
    /** What is left of the present data frame. */
    private long rest;

    private boolean closed;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      while (rest == 0 && !closed && length > 0) {
        nextFrame();
      }
      if (closed) {
        return -1;
      }
      int count = in.read(buffer, offset, (int) Math.min(length, rest));
      rest -= Math.max(count, 0);
      return count;
    }

    private void nextFrame() throws IOException {
      int first = in.read();
      if (first < 0) {
        closed = true;
        return;
      }
      int second = readByte();
      if ((second & MASKED) != 0) {
        throw new IOException("a server's WebSocket frame is masked");
      }
      long length = length(second);
      switch (first & 0x0f) {
        case BINARY, CONTINUATION -> rest = length;
        case PING -> send(PONG, control(length));
        case PONG -> control(length);
        case CLOSE -> close(control(length));
        default -> throw new IOException("a WebSocket frame of kind " + (first & 0x0f));
      }
    }

    private long length(int second) throws IOException {
      int length = second & 0x7f;
      if (length < 126) {
        return length;
      }
      ByteBuffer number = ByteBuffer.wrap(exactly(length == 126 ? 2 : 8));
      return length == 126 ? number.getShort() & 0xffff : number.getLong();
    }

    private byte[] control(long length) throws IOException {
      if (length > 125) {
        throw new IOException("a WebSocket control frame of " + length + " bytes");
      }
      return exactly((int) length);
    }

    private void close(byte[] reason) throws IOException {
      closed = true;
      send(CLOSE, Arrays.copyOf(reason, Math.min(reason.length, 2)));
    }

    private byte[] exactly(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }

    private int readByte() throws IOException {
      return exactly(1)[0] & 0xff;
    }
  }
}
