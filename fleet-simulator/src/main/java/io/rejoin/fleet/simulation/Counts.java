/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.Arrays;

/** What a run counts: who is back when, and what it cost the services. */
final class Counts {

  private int[] attemptsPerSecond = new int[1024];
  private int[] connectedPerSecond = new int[1024];
  private int[] dpsRequestsPerSecond = new int[1024];
  private long attempts;
  private long probes;
  private long lookups;
  private long registrations;
  private long granted;

  void attempt(long now) {
    attempts++;
    attemptsPerSecond = counted(attemptsPerSecond, now);
  }

  void connected(long now) {
    connectedPerSecond = counted(connectedPerSecond, now);
  }

  void probe() {
    probes++;
  }

  void lookup(long now) {
    lookups++;
    dpsRequestsPerSecond = counted(dpsRequestsPerSecond, now);
  }

  void registration(long now) {
    registrations++;
    dpsRequestsPerSecond = counted(dpsRequestsPerSecond, now);
  }

  void granted() {
    granted++;
  }

  long attempts() {
    return attempts;
  }

  long probes() {
    return probes;
  }

  long lookups() {
    return lookups;
  }

  long registrations() {
    return registrations;
  }

  long registrationsGranted() {
    return granted;
  }

  /** Attempts in each second since the loss. */
  int[] attemptsPerSecond() {
    return attemptsPerSecond;
  }

  /** Devices that came back in each second since the loss. */
  int[] connectedPerSecond() {
    return connectedPerSecond;
  }

  /** Lookups and registrations in each second since the loss. */
  int[] dpsRequestsPerSecond() {
    return dpsRequestsPerSecond;
  }

  private static int[] counted(int[] perSecond, long now) {
    int second = (int) ((now - World.LOST_AT) / 1000);
    int[] counted =
        second < perSecond.length
            ? perSecond
            : Arrays.copyOf(perSecond, Math.max(second + 1, 2 * perSecond.length));
    counted[second]++;
    return counted;
  }
}
