/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import java.time.Duration;

/**
 * How sparing the twin is used.
 *
 * @param stableAfter a session has to live this long before the twin is touched at all
 * @param spread and then a random time within this, since a fleet that reconnects would otherwise
 *     ask at once: 10 000 gateways at the 100 twin reads per second of an S1 unit need 100 s
 * @param statisticsEvery how often state and statistics are reported; zero for never, else at least
 *     an hour
 */
public record TwinSettings(Duration stableAfter, Duration spread, Duration statisticsEvery) {
  private static final Duration LEAST_INTERVAL = Duration.ofHours(1);

  public TwinSettings {
    if (stableAfter.isNegative() || spread.isNegative()) {
      throw new IllegalArgumentException("a time is negative");
    }
    if (!statisticsEvery.isZero() && statisticsEvery.compareTo(LEAST_INTERVAL) < 0) {
      throw new IllegalArgumentException("statistics are reported at most once an hour");
    }
  }
}
