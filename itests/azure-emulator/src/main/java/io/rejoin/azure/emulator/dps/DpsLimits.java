/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.time.TokenBucket;
import io.rejoin.azure.emulator.time.TokenBucket.Grant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the provisioning service allows: registrations and lookups per minute for all devices
 * together, unlimited at the start, and polls per device, five in ten seconds. Thread-safe.
 *
 * <p>Unverified: whether lookups have a limit of their own or share that of registrations; both can
 * be set.
 */
public final class DpsLimits {
  private static final int POLLS = 5;
  private static final Duration POLL_WINDOW = Duration.ofSeconds(10);

  private final Clock clock;
  private final Map<String, Deque<Instant>> polls = new ConcurrentHashMap<>();
  private volatile TokenBucket registrations = TokenBucket.unlimited();
  private volatile TokenBucket lookups = TokenBucket.unlimited();

  DpsLimits(Clock clock) {
    this.clock = clock;
  }

  /** Limits registrations and lookups, each for itself. */
  public void perMinute(int mostRegistrations, int mostLookups) {
    registrations = TokenBucket.perMinute(mostRegistrations, clock);
    lookups = TokenBucket.perMinute(mostLookups, clock);
  }

  /** Limits registrations and lookups together. */
  public void sharedPerMinute(int most) {
    registrations = TokenBucket.perMinute(most, clock);
    lookups = registrations;
  }

  /** Removes the limits of registrations and lookups. */
  public void clear() {
    registrations = TokenBucket.unlimited();
    lookups = registrations;
  }

  Grant take(DpsRequest request, String registrationId) {
    return switch (request) {
      case REGISTER -> registrations.take();
      case LOOKUP -> lookups.take();
      case POLL -> takePoll(registrationId);
    };
  }

  private Grant takePoll(String registrationId) {
    Deque<Instant> recent = polls.computeIfAbsent(registrationId, id -> new ArrayDeque<>());
    Instant now = clock.instant();
    synchronized (recent) {
      while (!recent.isEmpty() && !recent.getFirst().plus(POLL_WINDOW).isAfter(now)) {
        recent.removeFirst();
      }
      if (recent.size() < POLLS) {
        recent.addLast(now);
        return new Grant(true, Duration.ZERO);
      }
      return new Grant(false, Duration.between(now, recent.getFirst().plus(POLL_WINDOW)));
    }
  }
}
