/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two HTTP headers that carry time. */
final class HttpDates {

  private HttpDates() {}

  /** A Date header's time, empty when absent or malformed. */
  static Optional<Instant> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.trim())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * How long a Retry-After header asks to wait: seconds, or a date. A date in the past is zero.
   *
   * @param now the time by the clock that wrote the header
   * @return null when absent or malformed
   */
  static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.trim();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    return parse(value)
        .map(until -> until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO)
        .orElse(null);
  }
}
