/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side is written from RFC 6455 here, byte by byte. */
class WebSocketTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @Test
  void shouldAskForMqtt() throws Exception {
    open();

    String request = sent.toString(UTF_8);
    assertTrue(request.startsWith("GET /path?query HTTP/1.1\r\nHost: h.x\r\n"), request);
    assertTrue(request.contains("\r\nSec-WebSocket-Protocol: mqtt\r\n"), request);
    assertTrue(request.endsWith("\r\n\r\n"), request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 302 Found\r\nLocation: http://login\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
        "HTTP/1.1 101",
        "SSH-2.0-OpenSSH\r\n\r\n",
        ""
      })
  void shouldRefuseAnyOtherAnswer(String answer) {
    InputStream in = new ByteArrayInputStream(answer.getBytes(UTF_8));

    assertThrows(
        UpgradeRefusedException.class, () -> WebSocket.upgrade(in, sent, "h.x", "/path?query"));
  }

  @Test
  void shouldReadMessagesInPieces() throws Exception {
    WebSocket socket = open(frame(0x02, "ab".getBytes(UTF_8)), frame(0x80, "cd".getBytes(UTF_8)));

    assertEquals("abcd", new String(socket.input().readNBytes(4), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void shouldReadMessagesOfAnyLength(int length) throws Exception {
    byte[] message = new byte[length];
    Arrays.fill(message, (byte) 5);
    WebSocket socket = open(frame(0x82, message), frame(0x82, new byte[] {9}));

    InputStream in = socket.input();
    assertArrayEquals(message, in.readNBytes(length));
    assertEquals(9, in.read());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 65_535, 65_536})
  void shouldWriteMaskedFrames(int length) throws Exception {
    WebSocket socket = open();
    sent.reset();
    byte[] message = new byte[length];
    message[length - 1] = 5;

    try (OutputStream out = socket.output()) {
      out.write(message);
      out.flush();
    }

    assertArrayEquals(message, unmask(sent.toByteArray(), 0x82));
  }

  @Test
  void shouldAnswerAPing() throws Exception {
    WebSocket socket = open(frame(0x89, "hi".getBytes(UTF_8)), frame(0x82, new byte[] {7}));
    sent.reset();

    assertEquals(7, socket.input().read());
    assertArrayEquals("hi".getBytes(UTF_8), unmask(sent.toByteArray(), 0x8a));
  }

  @Test
  void shouldEndWhenTheServerCloses() throws Exception {
    WebSocket socket = open(frame(0x88, new byte[] {3, (byte) 0xe8, 'x'}));
    sent.reset();

    assertEquals(-1, socket.input().read());
    assertArrayEquals(new byte[] {3, (byte) 0xe8}, unmask(sent.toByteArray(), 0x88));
  }

  @Test
  void shouldEndWhenTheSocketEnds() throws Exception {
    assertEquals(-1, open().input().read());
  }

  @Test
  void shouldRefuseFramesThatAServerMustNotSend() throws Exception {
    assertThrows(IOException.class, () -> open(frame(0x81, new byte[1])).input().read());
    assertThrows(IOException.class, () -> open(frame(0x89, new byte[126])).input().read());
    assertThrows(
        IOException.class, () -> open(new byte[] {(byte) 0x82, (byte) 0x81}).input().read());
  }

  private WebSocket open(byte[]... frames) throws IOException {
    return WebSocket.upgrade(new Server(frames), sent, "h.x", "/path?query");
  }

  /** Answers the request when it is read from, since it has to know the key by then. */
  private final class Server extends InputStream {
    private final byte[][] frames;
    private ByteArrayInputStream answer;

    Server(byte[]... frames) {
      this.frames = frames;
    }

    @Override
    public int read() throws IOException {
      if (answer == null) {
        answer = answer();
      }
      return answer.read();
    }

    private ByteArrayInputStream answer() throws IOException {
      String request = sent.toString(UTF_8);
      String key = request.replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(
          ("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                  + "sec-websocket-protocol: mqtt\r\nSec-WebSocket-Accept: "
                  + accept(key)
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      for (byte[] frame : frames) {
        all.writeBytes(frame);
      }
      return new ByteArrayInputStream(all.toByteArray());
    }
  }

  private static String accept(String key) throws IOException {
    try {
      byte[] salted = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 65_536) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static byte[] unmask(byte[] frame, int first) {
    ByteBuffer in = ByteBuffer.wrap(frame);
    assertEquals((byte) first, in.get());
    int length = in.get() & 0xff;
    assertTrue(length >= 0x80, "not masked");
    length &= 0x7f;
    length = length == 127 ? (int) in.getLong() : length == 126 ? in.getShort() & 0xffff : length;
    byte[] mask = new byte[4];
    in.get(mask);
    byte[] payload = new byte[length];
    in.get(payload);
    assertEquals(0, in.remaining());
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }
}
