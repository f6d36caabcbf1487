/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The service's own clock, which a test can put wrong. A gateway whose clock is an hour behind sees
 * the same as with a service that is an hour ahead. Thread-safe.
 */
public final class CloudClock extends Clock {
  private final Clock base;
  private volatile Duration skew = Duration.ZERO;

  public CloudClock(Clock base) {
    this.base = base;
  }

  /** By how much this clock is ahead of its base; negative when behind. */
  public Duration skew() {
    return skew;
  }

  public void skew(Duration newSkew) {
    this.skew = newSkew;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(skew);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Only UTC: a cloud service knows no other zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("the service's clock is in UTC, not " + zone);
    }
    return this;
  }
}
