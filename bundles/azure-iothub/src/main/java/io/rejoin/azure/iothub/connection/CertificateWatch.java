/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the end of the device's own certificate from {@value #DAYS_BEFORE} days before it, once
 * a day: in the log, and as an event with topic {@value #TOPIC} and the properties {@code
 * kura.service.pid}, {@code validUntil} (text) and {@code daysLeft}.
 */
final class CertificateWatch {

  static final String TOPIC = "io/rejoin/azure/iothub/connection/CERTIFICATE_EXPIRES";
  static final int DAYS_BEFORE = 30;

  private static final Logger logger = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofHours(1);

  private final String pid;
  private final Supplier<Optional<X509Certificate>> certificate;
  private final Consumer<Event> events;
  private @Nullable Instant lookedAt;
  private long toldDays = Long.MAX_VALUE;
  private volatile @Nullable X509Certificate seen;

  /**
   * Looks at nothing yet.
   *
   * @param certificate the one in use, empty when there is none; may block
   */
  CertificateWatch(
      String pid, Supplier<Optional<X509Certificate>> certificate, Consumer<Event> events) {
    this.pid = pid;
    this.certificate = certificate;
    this.events = events;
  }

  /** Looks at the certificate, if it is time to; called often, on a thread that may wait. */
  synchronized void look(Instant now) {
    Instant last = lookedAt;
    if (last != null && Duration.between(last, now).abs().compareTo(LOOK_EVERY) < 0) {
      return;
    }
    lookedAt = now;
    X509Certificate current = certificate.get().orElse(null);
    seen = current;
    if (current == null) {
      toldDays = Long.MAX_VALUE;
      return;
    }
    Instant end = current.getNotAfter().toInstant();
    long days = Duration.between(now, end).toDays();
    if (days > DAYS_BEFORE) {
      toldDays = Long.MAX_VALUE;
    } else if (days != toldDays) {
      toldDays = days;
      tell(end, now.isBefore(end), days);
    }
  }

  private void tell(Instant end, boolean valid, long days) {
    if (valid) {
      logger.warn("{}: the device's certificate expires in {} days, at {}", pid, days, end);
    } else {
      logger.warn("{}: the device's certificate expired at {}", pid, end);
    }
    events.accept(
        new Event(
            TOPIC,
            Map.of("kura.service.pid", pid, "validUntil", end.toString(), "daysLeft", days)));
  }

  /** Whether another certificate has taken the place of the one seen last. May block. */
  synchronized boolean isReplaced() {
    X509Certificate before = seen;
    X509Certificate now = certificate.get().orElse(null);
    return before != null && now != null && !before.equals(now);
  }

  /** Looks again at the next occasion, since the certificate may be another one. */
  synchronized void changed() {
    lookedAt = null;
  }

  /** The entry of the status page, null when there is no certificate. */
  @Nullable String words(Instant now) {
    X509Certificate current = seen;
    if (current == null) {
      return null;
    }
    Instant end = current.getNotAfter().toInstant();
    return now.isBefore(end)
        ? end + ", " + Duration.between(now, end).toDays() + " days left"
        : "EXPIRED at " + end;
  }
}
