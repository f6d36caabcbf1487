/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import java.time.Duration;

/** Reads the settings that policies share. */
final class CommonSettings {

  private CommonSettings() {}

  /** For policies that slow down when the server throttles. */
  static CommonRules rules(Settings settings) {
    Duration base = settings.seconds("throttledBaseSeconds", 10, 0.1, 86_400);
    Duration cap = settings.seconds("throttledCapSeconds", 120, 0.1, 86_400);
    Backoff whenThrottled =
        new Backoff(
            base,
            2,
            settings.atLeast("throttledCapSeconds", cap, "throttledBaseSeconds", base),
            Jitter.EQUAL);
    return new CommonRules(whenThrottled, limits(settings));
  }

  /** For a policy that treats a throttling server like any other. */
  static Limits limits(Settings settings) {
    int maxAttempts = settings.integer("maxAttempts", 0, 0, 1_000_000);
    int maxElapsed = settings.integer("maxElapsedSeconds", 0, 0, 31_536_000);
    return new Limits(maxAttempts, Duration.ofSeconds(maxElapsed));
  }
}
