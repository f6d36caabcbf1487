/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/** DPS: so many requests per minute are granted, the rest gets 429 until the next minute. */
final class ProvisioningService {

  private static final long WINDOW_MILLIS = 60_000;

  private final Window registrations;
  private final Window lookups;

  ProvisioningService(double perMinute, boolean sharedLimit) {
    registrations = new Window(perMinute);
    lookups = sharedLimit ? registrations : new Window(perMinute);
  }

  boolean grantsRegistration(long now) {
    return registrations.grants(now);
  }

  boolean grantsLookup(long now) {
    return lookups.grants(now);
  }

  private static final class Window {
    private final double limit;
    private long minute = -1;
    private int granted;

    Window(double limit) {
      this.limit = limit;
    }

    boolean grants(long now) {
      if (now / WINDOW_MILLIS != minute) {
        minute = now / WINDOW_MILLIS;
        granted = 0;
      }
      if (granted + 1 > limit) {
        return false;
      }
      granted++;
      return true;
    }
  }
}
