/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Tells that something is to be sent, and by whom. When the server has ended the connection before,
 * nothing is: the failure to do so would hide what the server said, such as a TLS alert.
 */
final class TellingOutputStream extends FilterOutputStream {
  private final FirstWords words;
  private final SendingThread thread;

  TellingOutputStream(OutputStream out, FirstWords words, SendingThread thread) {
    super(out);
    this.words = words;
    this.thread = thread;
  }

  @Override
  public void write(int b) throws IOException {
    if (sending()) {
      out.write(b);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    if (sending()) {
      out.write(buffer, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (sending()) {
      out.flush();
    }
  }

  private boolean sending() {
    thread.sends();
    return words.sending();
  }
}
