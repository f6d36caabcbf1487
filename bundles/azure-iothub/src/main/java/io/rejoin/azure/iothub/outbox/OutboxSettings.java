/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import java.time.Duration;

/**
 * How the outbox behaves. Immutable; can be exchanged while the outbox runs.
 *
 * @param window how many messages may be on their way unconfirmed, 1 or more
 * @param capacity how many messages may be stored unconfirmed, 1 or more
 * @param whenFull what happens to a message that no longer fits
 * @param maxAge messages older than this are dropped, zero for never
 * @param sendTimeout how long a confirmation may take before the session is renewed
 * @param origin marks the messages stored here, so that those of another connection are recognised;
 *     empty for no mark
 * @param foreign what happens to stored messages with another mark
 */
public record OutboxSettings(
    int window,
    int capacity,
    WhenFull whenFull,
    Duration maxAge,
    Duration sendTimeout,
    String origin,
    Foreign foreign) {

  public OutboxSettings {
    if (window < 1 || capacity < 1) {
      throw new IllegalArgumentException("window and capacity have to be 1 or more");
    }
    if (sendTimeout.isNegative() || sendTimeout.isZero() || maxAge.isNegative()) {
      throw new IllegalArgumentException("the send timeout has to be positive, the age 0 or more");
    }
  }

  public static OutboxSettings defaults() {
    return new OutboxSettings(
        100, 500_000, WhenFull.REFUSE_NEW, Duration.ZERO, Duration.ofSeconds(60), "", Foreign.HOLD);
  }

  /** What happens when the capacity is reached. */
  public enum WhenFull {
    /** {@code publish} fails. */
    REFUSE_NEW,
    /**
     * The oldest of the least important known messages makes room; a new message that is less
     * important than all of them is refused.
     */
    DROP_OLDEST
  }

  /** What happens to messages that another connection left in the store. */
  public enum Foreign {
    /** They stay in the store, unsent. */
    HOLD,
    /** They are sent like any other. */
    SEND,
    /** They are thrown away. */
    DROP
  }
}
