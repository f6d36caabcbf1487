/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/**
 * What happens to a fleet and what the services can take. Times are seconds.
 *
 * @param devices N; all are connected when the hub goes away
 * @param hubRate C, connections that the hub accepts per second, with a burst of one second
 * @param outageSeconds how long the hub is away
 * @param fate what becomes of the hub
 * @param refusals how a hub refuses for want of capacity
 * @param alpha what a refusal costs the hub, in accepted connections
 * @param detectionSpreadSeconds the devices notice one by one within this time; above 10 s by their
 *     keep-alive, below because the hub closed the connection
 * @param connectQueueSeconds a hub that shapes its traffic lets connections wait so long
 * @param connectTimeoutSeconds how long a client waits for the answer to its CONNECT
 * @param provisioned whether the devices may ask DPS
 * @param dpsRate R, requests that DPS grants per minute: registrations and lookups each, or both
 *     together
 * @param sharedDpsLimit whether lookups count against the limit for registrations
 * @param horizonSeconds the simulation ends so long after the hub's return
 * @param seed of all chance
 */
public record Conditions(
    int devices,
    double hubRate,
    double outageSeconds,
    Fate fate,
    Refusals refusals,
    double alpha,
    double detectionSpreadSeconds,
    double connectQueueSeconds,
    double connectTimeoutSeconds,
    boolean provisioned,
    double dpsRate,
    boolean sharedDpsLimit,
    double horizonSeconds,
    long seed) {

  /** More would not fit an event. */
  public static final int MOST_DEVICES = (1 << EventQueue.PAYLOAD_BITS - Signal.BITS) - 1;

  /** What becomes of the hub. */
  public enum Fate {
    /** Nobody answers until it is back. */
    RETURNS,
    /** It refuses until 00:00 UTC, since the day's quota is used up. */
    QUOTA,
    /** It never answers again; DPS assigns the devices to another one with the same capacity. */
    GONE_SILENT,
    /** It never takes a device again, and the service says so; DPS as above. */
    GONE_CONFIRMED;

    boolean isFinal() {
      return this == GONE_SILENT || this == GONE_CONFIRMED;
    }
  }

  /** How a hub without capacity refuses. */
  public enum Refusals {
    /** Code 5, as IoT Hub does; over HTTPS it says 429 to those who ask. */
    EXPLAINED,
    /** Code 3, which proves it alive by itself. */
    BUSY,
    /** Code 5, and nothing gets an answer over HTTPS: it cannot be told from a dead hub. */
    HIDDEN
  }

  /** The time that the services need at least, whatever the devices do. */
  public double lowerBoundSeconds() {
    double hub = devices / hubRate;
    return fate.isFinal() ? Math.max(hub, 60.0 * devices / dpsRate) : hub;
  }
}
