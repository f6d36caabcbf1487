/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/**
 * When a client that is not ours asks DPS, and how it takes a 429: it waits {@code 5 + U(0,
 * min(cap, 5 * 2^k))} seconds after the k-th.
 *
 * @param failures so many failures in a row are needed
 * @param slotMinSeconds and so much time since the first of them, drawn per outage between this
 * @param slotMaxSeconds and this
 * @param spreadSeconds both given, it waits a random part of this, without trying the hub
 * @param countsRefusals whether a hub that is alive and refuses counts as a failure
 * @param capSeconds the cap of the wait after a 429
 */
public record DpsRule(
    int failures,
    double slotMinSeconds,
    double slotMaxSeconds,
    double spreadSeconds,
    boolean countsRefusals,
    double capSeconds) {

  /** The guidance to the letter: after 10 failures. */
  public static DpsRule documented(double capSeconds) {
    return new DpsRule(10, 0, 0, 0, true, capSeconds);
  }

  /** The guidance for large fleets on top: 15 to 30 minutes as well, and 429 does not count. */
  public static DpsRule patient(double capSeconds) {
    return new DpsRule(10, 900, 1800, 0, false, capSeconds);
  }

  /** After 10 failures the device's own moment within a time that suits the fleet. */
  public static DpsRule spread(double spreadSeconds, double capSeconds) {
    return new DpsRule(10, 0, 0, spreadSeconds, true, capSeconds);
  }
}
