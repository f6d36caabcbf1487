/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clock can be right. Gateways without a battery start in 1970: every certificate is
 * "not valid yet" then, and a token would be made that the hub refuses. It is said what is wrong,
 * and Kura's clock event ends the wait.
 */
final class PlausibleClock {
  private static final Instant BUILT = built();

  private PlausibleClock() {}

  /**
   * What is wrong, null when nothing is.
   *
   * @param now the gateway's clock, corrected if the hub told its own
   */
  static @Nullable Failure problem(Instant now) {
    return now.isBefore(BUILT)
        ? Failure.of(
            FailureKind.CLOCK_WRONG, "it shows " + now + ": set it, best by NTP, then it goes on")
        : null;
  }

  private static Instant built() {
    Properties properties = new Properties();
    try (InputStream in = PlausibleClock.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Instant.parse(properties.getProperty("built"));
  }
}
