/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.time.TokenBucket.Grant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldGrantABurstAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(2, 4, () -> now);

    assertTrue(bucket.take().granted());
    assertTrue(bucket.take().granted());
    assertEquals(new Grant(false, Duration.ofMillis(250)), bucket.take());
    now = now.plusMillis(250);
    assertTrue(bucket.take().granted());
    assertFalse(bucket.take().granted());
  }

  @Test
  void shouldNeverHoldMoreThanItsCapacity() {
    TokenBucket bucket = new TokenBucket(2, 4, () -> now);
    now = now.plusSeconds(3600);

    assertTrue(bucket.take().granted());
    assertTrue(bucket.take().granted());
    assertFalse(bucket.take().granted());
  }

  @Test
  void shouldQueueInTurnAndRefuseWhatDoesNotFit() {
    TokenBucket bucket = new TokenBucket(1, 2, () -> now);
    Duration longest = Duration.ofSeconds(1);

    assertEquals(new Grant(true, Duration.ZERO), bucket.take(longest));
    assertEquals(new Grant(true, Duration.ofMillis(500)), bucket.take(longest));
    assertEquals(new Grant(true, Duration.ofSeconds(1)), bucket.take(longest));
    assertEquals(new Grant(false, Duration.ofMillis(500)), bucket.take(longest));
  }

  @Test
  void shouldGainNothingFromAClockThatGoesBack() {
    TokenBucket bucket = new TokenBucket(1, 1, () -> now);
    assertTrue(bucket.take().granted());

    now = now.minusSeconds(3600);
    assertFalse(bucket.take().granted());
    now = now.plusSeconds(1);
    assertTrue(bucket.take().granted());
  }

  @Test
  void shouldCountPerMinute() {
    TokenBucket bucket = TokenBucket.perMinute(60, () -> now);
    for (int request = 1; request <= 60; request++) {
      assertTrue(bucket.take().granted());
    }
    assertEquals(new Grant(false, Duration.ofSeconds(1)), bucket.take());
  }

  @Test
  void shouldGrantEverythingWhenUnlimited() {
    for (int request = 1; request <= 1000; request++) {
      assertTrue(TokenBucket.unlimited().take().granted());
    }
  }

  @Test
  void shouldRefuseRatesThatMakeNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0.5, 1, () -> now));
    assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, 0, () -> now));
    assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, Double.NaN, () -> now));
  }
}
