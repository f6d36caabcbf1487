/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that lets TLS connections through by CONNECT.
 *
 * @param host its name or address
 * @param port its port
 * @param credentials for Basic authentication, null for none
 */
public record HttpProxy(String host, int port, @Nullable Credentials credentials) {

  public HttpProxy {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("proxy port is " + port + ", not 1 to 65535");
    }
  }

  /** User and password; never printed. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "(hidden)";
    }
  }
}
