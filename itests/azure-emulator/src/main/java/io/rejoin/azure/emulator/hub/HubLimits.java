/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.time.TokenBucket;
import io.rejoin.azure.emulator.time.TokenBucket.Grant;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a hub allows: new connections per second, twin operations per second, messages per day.
 * Unlimited at the start. Thread-safe.
 *
 * <p>Unverified: a CONNECT that waited too long in the queue is answered with return code 5, as
 * reported for a hub with 30 000 clients; a device that uses up the daily quota is disconnected, as
 * reported, and refused with 5 until 00:00 UTC.
 */
public final class HubLimits {
  private final Clock clock;
  private volatile TokenBucket connections = TokenBucket.unlimited();
  private volatile Duration longestQueueing = Duration.ZERO;
  private volatile TokenBucket twin = TokenBucket.unlimited();
  private long messagesPerDay = Long.MAX_VALUE;
  private long messagesToday;
  private LocalDate today;

  HubLimits(Clock clock) {
    this.clock = clock;
    this.today = today();
  }

  /**
   * Limits new connections.
   *
   * @param perSecond also the largest burst
   * @param longest how long a CONNECT may wait for its turn before it is refused
   */
  public void connections(double perSecond, Duration longest) {
    connections = TokenBucket.perSecond(perSecond, clock);
    longestQueueing = longest;
  }

  Grant takeConnection() {
    return connections.take(longestQueueing);
  }

  /** Limits twin reads and updates; those above it are answered with 429. */
  public void twin(double perSecond) {
    twin = TokenBucket.perSecond(perSecond, clock);
  }

  boolean takeTwinOperation() {
    return twin.take().granted();
  }

  /** Limits messages per UTC day. */
  public synchronized void quota(long messages) {
    messagesPerDay = messages;
  }

  synchronized boolean takeMessage() {
    if (quotaExceeded()) {
      return false;
    }
    messagesToday++;
    return true;
  }

  synchronized boolean quotaExceeded() {
    if (!today.equals(today())) {
      today = today();
      messagesToday = 0;
    }
    return messagesToday >= messagesPerDay;
  }

  /** Removes all limits. */
  public synchronized void clear() {
    connections = TokenBucket.unlimited();
    longestQueueing = Duration.ZERO;
    twin = TokenBucket.unlimited();
    messagesPerDay = Long.MAX_VALUE;
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }
}
