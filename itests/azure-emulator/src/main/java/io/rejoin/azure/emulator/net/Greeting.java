/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

/** How a door receives a new TCP connection. */
public enum Greeting {
  /** Serve it. */
  SERVE,
  /** Half-open: accept, and then stay silent for ever. */
  STAY_SILENT,
  /** Accept, wait for the TLS client hello, and close. */
  BREAK_TLS,
  /** Accept and close at once. */
  CLOSE,
  /** Accept and reset at once. */
  RESET
}
