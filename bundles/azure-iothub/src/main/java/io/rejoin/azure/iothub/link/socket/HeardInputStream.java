/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Notes when the server was last heard. */
final class HeardInputStream extends FilterInputStream {
  private final LinkSockets sockets;

  HeardInputStream(InputStream in, LinkSockets sockets) {
    super(in);
    this.sockets = sockets;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read >= 0) {
      sockets.heard();
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      sockets.heard();
    }
    return read;
  }
}
