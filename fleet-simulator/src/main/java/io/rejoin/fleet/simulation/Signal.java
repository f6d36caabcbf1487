/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/** What a device is told next. A device waits for one thing at a time. */
enum Signal {
  /** Its session ended. */
  LOST,
  /** The moment it waits for has come. */
  TIMER,
  /** The hub took it. */
  ACCEPTED,
  /** The hub refused for want of capacity, or since the day's quota is used up. */
  REFUSED,
  /** Nobody answered: the hub is down, or the client did not wait long enough. */
  SILENCE,
  /** Over HTTPS: the hub is throttling. */
  PROBE_THROTTLED,
  /** Over HTTPS: the day's quota is used up. */
  PROBE_QUOTA,
  /** Over HTTPS: no such hub. */
  PROBE_GONE,
  /** Over HTTPS: no answer. */
  PROBE_SILENCE,
  /** DPS told the last registration. */
  LOOKED_UP,
  /** DPS registered the device. */
  REGISTERED,
  /** DPS answered 429. */
  DPS_THROTTLED;

  private static final Signal[] VALUES = values();

  static final int BITS = 5;

  static Signal of(int ordinal) {
    return VALUES[ordinal];
  }
}
