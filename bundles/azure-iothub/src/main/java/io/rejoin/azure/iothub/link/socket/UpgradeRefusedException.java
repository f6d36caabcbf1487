/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;

/** The server answered the request for a WebSocket otherwise than by opening one. */
public final class UpgradeRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  UpgradeRefusedException(String statusLine, int status) {
    super("the server answered \"" + statusLine + "\" to the request for a WebSocket");
    this.status = status;
  }

  /** The HTTP status, 0 when the answer was not HTTP. */
  public int status() {
    return status;
  }
}
