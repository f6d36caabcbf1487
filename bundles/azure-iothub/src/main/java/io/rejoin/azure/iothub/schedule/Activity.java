/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.schedule;

import io.rejoin.azure.iothub.message.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Whether a connection has something to do. Thread-safe. */
public final class Activity {
  private final LongSupplier monotonicMillis;
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile long lastAt;

  /**
   * Starts with now.
   *
   * @param monotonicMillis a clock that only waits
   */
  public Activity(LongSupplier monotonicMillis) {
    this.monotonicMillis = monotonicMillis;
    happened();
  }

  /** Something passed, either way. */
  public void happened() {
    lastAt = monotonicMillis.getAsLong();
  }

  /** Watches a message until it is answered. */
  public Delivery watched(Delivery delivery) {
    unanswered.incrementAndGet();
    happened();
    return new Delivery() {
      @Override
      public void confirmed() {
        answered();
        delivery.confirmed();
      }

      @Override
      public void unconfirmed(String why) {
        answered();
        delivery.unconfirmed(why);
      }

      @Override
      public void rejected(String why) {
        answered();
        delivery.rejected(why);
      }
    };
  }

  private void answered() {
    happened();
    unanswered.decrementAndGet();
  }

  /** How long nothing has passed and nothing was waited for. */
  long idleMillis() {
    return unanswered.get() > 0 ? 0 : monotonicMillis.getAsLong() - lastAt;
  }
}
