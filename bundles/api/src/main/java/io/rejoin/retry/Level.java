/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

/**
 * Where a connection failed: the three levels that Microsoft's "Manage device reconnections to
 * create resilient applications" tells apart.
 */
public enum Level {
  /** Sockets and name resolution. */
  NETWORK,
  /** TLS, MQTT or HTTP. */
  PROTOCOL,
  /** A local mistake, such as a wrong credential, or an answer of the service, such as a quota. */
  APPLICATION
}
