/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.NoRouteToHostException;

/** Tells "there is no way out of here" from "nobody answers there". */
public final class Unreachable {

  private Unreachable() {}

  /** Java has no class of its own for ENETUNREACH: only the words of its ConnectException tell. */
  public static boolean is(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof NoRouteToHostException
        || message.contains("Network is unreachable")
        || message.contains("Network is down");
  }
}
