/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A rate limit as IoT Hub describes its own: a burst up to the capacity passes, then requests are
 * served at the rate, out of a queue of bounded length, and what does not fit is refused.
 * Thread-safe. A clock that goes back adds no tokens.
 */
public final class TokenBucket {
  private static final TokenBucket UNLIMITED =
      new TokenBucket(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Instant::now);

  private final double capacity;
  private final double perSecond;
  private final InstantSource clock;
  private double tokens;
  private Instant refilledAt;

  /**
   * @param capacity the largest burst, 1 or more
   * @param perSecond tokens added per second, more than 0
   */
  public TokenBucket(double capacity, double perSecond, InstantSource clock) {
    if (!(capacity >= 1)) {
      throw new IllegalArgumentException("the capacity has to be 1 or more: " + capacity);
    }
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("the rate has to be more than 0: " + perSecond);
    }
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.clock = clock;
    this.tokens = capacity;
    this.refilledAt = clock.instant();
  }

  /** Grants everything at once. */
  public static TokenBucket unlimited() {
    return UNLIMITED;
  }

  /** So many per minute, all of them at once if need be. */
  public static TokenBucket perMinute(int requests, InstantSource clock) {
    return new TokenBucket(requests, requests / 60.0, clock);
  }

  /** So many per second, with a burst of as many. */
  public static TokenBucket perSecond(double requests, InstantSource clock) {
    return new TokenBucket(Math.max(1, requests), requests, clock);
  }

  /**
   * The answer to a request.
   *
   * @param granted whether a token was taken
   * @param delay when granted, how long the request has to queue; otherwise how long until a
   *     request would be granted
   */
  public record Grant(boolean granted, Duration delay) {}

  /** Takes a token if there is one now. */
  public Grant take() {
    return take(Duration.ZERO);
  }

  /** Takes a token if there is one now, or will be within the longest time in the queue. */
  public synchronized Grant take(Duration longestQueueing) {
    if (Double.isInfinite(perSecond)) {
      return new Grant(true, Duration.ZERO);
    }
    refill();
    Duration wait = tokens >= 1 ? Duration.ZERO : seconds((1 - tokens) / perSecond);
    if (wait.compareTo(longestQueueing) > 0) {
      return new Grant(false, wait.minus(longestQueueing));
    }
    tokens -= 1;
    return new Grant(true, wait);
  }

  private void refill() {
    Instant now = clock.instant();
    double elapsed = Duration.between(refilledAt, now).toNanos() / 1e9;
    tokens = Math.min(capacity, tokens + Math.max(0, elapsed) * perSecond);
    refilledAt = now;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) Math.ceil(seconds * 1e9));
  }
}
