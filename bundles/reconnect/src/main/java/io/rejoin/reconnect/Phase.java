/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/** Where a connection stands, in the words of its status page. */
public enum Phase {
  /** Not wanted: stopped by the user, or not started yet. */
  STOPPED,
  /** An attempt is under way. */
  CONNECTING,
  /** A session is up. */
  CONNECTED,
  /** Waiting for the next attempt. */
  WAITING,
  /** The hub refused without a reason; it is being asked over HTTPS. */
  PROBING,
  /** No hub is known; waiting for the moment to ask the provisioning service. */
  WAITING_FOR_DPS,
  /** The provisioning service is being asked. */
  PROVISIONING,
  /** Needs a person, a certificate or a new configuration; still tries, slowly. */
  PARKED
}
