/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a run showed. Times are seconds after the hub's return, or after its end if it does not
 * return; null when it did not come to that.
 *
 * @param policy whose devices they were
 * @param t50 when half the devices were back
 * @param attempts CONNECTs sent, those during the outage included
 * @param probes questions over HTTPS why the hub refused
 * @param lookups status lookups sent to DPS, those answered 429 included
 * @param registrations registrations sent to DPS, those answered 429 included
 * @param registrationsGranted registrations that DPS carried out and bills
 * @param polls status polls of a running registration
 * @param attemptsPerSecond CONNECTs in each second since the loss
 * @param connectedPerSecond devices that came back in each second since the loss
 * @param dpsRequestsPerSecond lookups and registrations in each second since the loss
 * @param events what the devices were told in all
 * @param ownFlow whether each of them went through the gateways' flow
 * @param seconds the processor time that the simulation took
 * @param bytes the memory that devices and queue held on to
 */
public record Result(
    String policy,
    @Nullable Double t50,
    @Nullable Double t90,
    @Nullable Double t99,
    @Nullable Double t100,
    int connected,
    long attempts,
    long probes,
    long lookups,
    long registrations,
    long registrationsGranted,
    long polls,
    int[] attemptsPerSecond,
    int[] connectedPerSecond,
    int[] dpsRequestsPerSecond,
    long events,
    boolean ownFlow,
    double seconds,
    long bytes) {

  /** Attempts in the worst second. */
  public int peakAttemptsPerSecond() {
    return most(attemptsPerSecond);
  }

  /** Lookups and registrations in the worst second. */
  public int peakDpsRequestsPerSecond() {
    return most(dpsRequestsPerSecond);
  }

  private static int most(int[] perSecond) {
    return Arrays.stream(perSecond).max().orElse(0);
  }
}
