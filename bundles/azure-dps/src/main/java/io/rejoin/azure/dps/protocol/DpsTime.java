/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import java.time.Duration;
import java.time.Instant;

/** The two clocks and the waiting, so that tests need not wait. */
public interface DpsTime {

  /** What the gateway believes the time to be; may jump. */
  Instant wallTime();

  /** A clock that only goes forward, from an arbitrary origin. */
  Duration upTime();

  void sleep(Duration duration) throws InterruptedException;

  /** The machine's clocks. */
  static DpsTime system() {
    return new DpsTime() {
      @Override
      public Instant wallTime() {
        return Instant.now();
      }

      @Override
      public Duration upTime() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
