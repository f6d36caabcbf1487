/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;

class CertificateWatchTest {
  private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");

  private final List<Event> events = new ArrayList<>();
  private Optional<X509Certificate> certificate = Optional.of(new Ending(END));
  private final CertificateWatch watch =
      new CertificateWatch("test", () -> certificate, events::add);

  @Test
  void shouldTellOnceADayFromThirtyDaysBefore() {
    Instant from = END.minus(Duration.ofDays(40));
    for (int hour = 0; hour < 40 * 24; hour++) {
      watch.look(from.plus(Duration.ofHours(hour)));
    }
    assertEquals(31, events.size());
    assertEquals(30L, events.get(0).getProperty("daysLeft"));
    assertEquals(0L, events.get(30).getProperty("daysLeft"));
    assertEquals(END.toString(), events.get(0).getProperty("validUntil"));
    assertEquals(CertificateWatch.TOPIC, events.get(0).getTopic());
  }

  @Test
  void shouldShowTheEndOnTheStatusPage() {
    watch.look(END.minus(Duration.ofDays(100)));
    assertEquals(
        "2026-06-01T00:00:00Z, 100 days left", watch.words(END.minus(Duration.ofDays(100))));
    assertEquals("EXPIRED at 2026-06-01T00:00:00Z", watch.words(END.plusSeconds(1)));
    assertEquals(List.of(), events);
  }

  @Test
  void shouldSeeARenewedCertificateAtOnce() {
    Instant now = END.minus(Duration.ofDays(3));
    watch.look(now);
    certificate = Optional.of(new Ending(END.plus(Duration.ofDays(365))));
    watch.changed();
    watch.look(now.plusSeconds(30));

    assertEquals("2027-06-01T00:00:00Z, 368 days left", watch.words(now));
    assertEquals(1, events.size());
  }

  @Test
  void shouldKnowWhetherAKeystoreThatChangedReplacedTheCertificate() {
    assertFalse(watch.isReplaced(), "none was seen yet");
    watch.look(END.minus(Duration.ofDays(3)));
    certificate = Optional.of(new Ending(END));
    assertFalse(watch.isReplaced(), "the same one, read again");
    certificate = Optional.empty();
    assertFalse(watch.isReplaced(), "in the middle of being replaced");
    certificate = Optional.of(new Ending(END.plus(Duration.ofDays(365))));
    assertTrue(watch.isReplaced());
  }

  @Test
  void shouldSayNothingWithoutACertificate() {
    certificate = Optional.empty();
    watch.look(END);
    assertNull(watch.words(END));
    assertEquals(List.of(), events);
  }
}
