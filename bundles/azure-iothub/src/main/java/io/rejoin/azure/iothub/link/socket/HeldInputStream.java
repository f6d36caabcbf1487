/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Holds the end of the stream back until something was sent. Paho 1.2.5 starts its receiving thread
 * and then waits, 100 ms at a time and without end, to see it running. When the server closes the
 * connection first, the receiving thread has ended by then, and a thread "MQTT Con" is left behind
 * for ever. What it sends first, the CONNECT, it sends after that wait.
 */
final class HeldInputStream extends FilterInputStream {
  private final FirstWords words;

  HeldInputStream(InputStream in, FirstWords words) {
    super(in);
    this.words = words;
  }

  @Override
  public int read() throws IOException {
    return held(in::read);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return held(() -> in.read(buffer, offset, length));
  }

  @Override
  public int available() throws IOException {
    return held(in::available);
  }

  private interface Call {
    int run() throws IOException;
  }

  private int held(Call call) throws IOException {
    boolean goesOn = false;
    try {
      int result = call.run();
      goesOn = result >= 0;
      return result;
    } finally {
      if (!goesOn) {
        words.ended();
      }
    }
  }
}
