/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

/** Told of each change of state, on the connection's own thread; must return at once. */
@FunctionalInterface
interface StateListener {
  void changed(ConnectionStatus before, ConnectionStatus now);
}
