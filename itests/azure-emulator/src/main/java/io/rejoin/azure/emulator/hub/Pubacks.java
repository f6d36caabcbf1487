/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/** When a hub confirms a QoS 1 message. */
public enum Pubacks {
  /** Once it is kept. */
  WHEN_KEPT,
  /** Before anything else is done with it, so that it arrives while the client is still sending. */
  AT_ONCE,
  /** Not until told to release them. */
  WITHHELD
}
