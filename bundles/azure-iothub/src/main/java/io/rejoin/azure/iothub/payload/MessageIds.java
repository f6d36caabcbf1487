/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Gives out message ids: a random start, then a count, so that they differ over restarts too. */
public final class MessageIds {
  private final String start;
  private final AtomicLong count = new AtomicLong();

  public MessageIds(RandomGenerator random) {
    start = Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
  }

  public String next() {
    return start + "-" + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
  }
}
