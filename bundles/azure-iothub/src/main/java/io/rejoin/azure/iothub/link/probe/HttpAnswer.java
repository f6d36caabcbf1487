/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import io.rejoin.azure.iothub.link.socket.HttpHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 answer.
 *
 * @param body as text, cut off where it gets long
 */
record HttpAnswer(HttpHead head, String body) {
  private static final int MAX_BODY = 64 * 1024;
  private static final int HEXADECIMAL = 16;

  /** Reads one, of a server that was asked to close the connection after it. */
  static HttpAnswer read(InputStream in) throws IOException {
    HttpHead head = HttpHead.read(in);
    return new HttpAnswer(head, new String(body(head, in), StandardCharsets.UTF_8));
  }

  int status() {
    return head.status();
  }

  @Nullable String header(String name) {
    return head.headers().get(name);
  }

  private static byte[] body(HttpHead head, InputStream in) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if ("chunked".equalsIgnoreCase(head.headers().get("transfer-encoding"))) {
      return chunks(in);
    }
    String length = head.headers().get("content-length");
    return length == null ? in.readNBytes(MAX_BODY) : in.readNBytes(limited(length));
  }

  private static int limited(String length) throws IOException {
    if (!length.matches("\\d{1,9}")) {
      throw new IOException("an answer of " + length + " bytes");
    }
    return Math.min(Integer.parseInt(length), MAX_BODY);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < MAX_BODY) {
      String size = line(in).split(";", 2)[0].strip();
      if (!size.matches("[0-9A-Fa-f]{1,6}")) {
        throw new IOException("a chunk of " + size.length() + " digits");
      }
      byte[] chunk = in.readNBytes(Integer.parseInt(size, HEXADECIMAL));
      if (chunk.length == 0) {
        break;
      }
      all.writeBytes(chunk);
      line(in);
    }
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > MAX_BODY) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
