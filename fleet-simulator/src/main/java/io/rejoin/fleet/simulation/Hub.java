/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/**
 * The hub's connection limit as a token bucket that holds one second's worth; each refusal costs a
 * share of a token as long as there is one: work beyond the hub's capacity is dropped, not owed.
 * With a queue ("traffic shaping") the bucket may be overdrawn, and whoever overdraws it waits for
 * its turn.
 */
final class Hub {

  static final long REFUSED = -1;

  private final double tokensPerMilli;
  private final double burst;
  private final double queue;
  private final double alpha;
  private double tokens;
  private long filledAt;

  Hub(double ratePerSecond, double queueSeconds, double alpha) {
    this.tokensPerMilli = ratePerSecond / 1000;
    this.burst = Math.max(1, ratePerSecond);
    this.queue = ratePerSecond * queueSeconds;
    this.alpha = alpha;
    this.tokens = burst;
  }

  /** The time until a CONNECT is served, or {@link #REFUSED}. */
  long connect(long now) {
    fill(now);
    if (tokens + queue < 1) {
      pay();
      return REFUSED;
    }
    tokens -= 1;
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / tokensPerMilli);
  }

  /** A question over HTTPS is worth as much as a refusal. */
  void ask(long now) {
    fill(now);
    pay();
  }

  private void pay() {
    tokens = Math.max(-queue, tokens - alpha);
  }

  private void fill(long now) {
    tokens = Math.min(burst, tokens + (now - filledAt) * tokensPerMilli);
    filledAt = now;
  }
}
