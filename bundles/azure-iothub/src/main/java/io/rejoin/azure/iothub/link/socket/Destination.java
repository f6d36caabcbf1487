/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where to, and which way.
 *
 * @param host the server's name, which its certificate has to bear
 * @param port its port
 * @param proxy the HTTP proxy to go through, null for none
 */
public record Destination(String host, int port, @Nullable HttpProxy proxy) {

  public Destination {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", not 1 to 65535");
    }
  }
}
