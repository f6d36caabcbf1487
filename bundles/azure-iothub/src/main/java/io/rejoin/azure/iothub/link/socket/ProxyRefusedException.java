/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;

/** The HTTP proxy cannot be reached or does not let the connection through. */
public final class ProxyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ProxyRefusedException(String message, int status) {
    super(message);
    this.status = status;
  }

  ProxyRefusedException(String message, IOException cause) {
    super(message, cause);
    this.status = 0;
  }

  /** The proxy's HTTP status, 0 when it gave none. */
  public int status() {
    return status;
  }
}
