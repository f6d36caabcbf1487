/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/** What the flow does about a failure. */
enum Reaction {
  /** Says nothing about the hub being alive: back off, and count it. */
  COUNT,
  /** Trouble on this side of the hub: back off, do not count it. */
  LOCAL,
  /** Only a working hub answers like this: back off, and forget what was counted. */
  ALIVE,
  /** The reason is hidden: ask the hub over HTTPS, if it is time. */
  ASK_WHY,
  /** The device does not belong there any more. */
  REPROVISION,
  /** The credential was refused: look up where the device belongs, then register. */
  LOOK_UP,
  /** Only a person, a certificate or a new configuration helps: try slowly. */
  PARK,
  /** The day's quota is used up: wait for 00:00 UTC. */
  UNTIL_MIDNIGHT,
  /** Routine: open a new session at once. */
  REOPEN
}
