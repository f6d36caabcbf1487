/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.Arrays;

/**
 * A queue of events, earliest first, for a clock that never goes back: a radix heap (Ahuja,
 * Mehlhorn, Orlin, Tarjan: "Faster algorithms for the shortest path problem", 1990). An event is
 * one long: its time in milliseconds above {@link #PAYLOAD_BITS} bits of payload.
 *
 * <p>Bucket b holds events whose time differs from the clock's in bit b-1 as the highest; bucket 0
 * those that are due. An event only ever moves down, over memory that is read in sequence, which is
 * what makes it faster than a binary heap once a fleet does not fit the processor's cache.
 */
final class EventQueue {

  static final int PAYLOAD_BITS = 29;

  /** 198 days. */
  static final long LATEST_MILLIS = Long.MAX_VALUE >>> PAYLOAD_BITS;

  private static final int BUCKETS = Long.SIZE - PAYLOAD_BITS;

  private final long[][] buckets = new long[BUCKETS][16];
  private final int[] sizes = new int[BUCKETS];
  private long clock;
  private int taken;

  /** Adds an event, not before the last one that was polled, nor after the latest moment. */
  void add(long timeMillis, int payload) {
    if (timeMillis < clock || timeMillis > LATEST_MILLIS) {
      throw new IllegalArgumentException(
          timeMillis + " ms is not between " + clock + " and " + LATEST_MILLIS + " ms");
    }
    put(bucketOf(timeMillis), timeMillis << PAYLOAD_BITS | payload);
  }

  boolean isEmpty() {
    if (taken < sizes[0]) {
      return false;
    }
    for (int bucket = 1; bucket < BUCKETS; bucket++) {
      if (sizes[bucket] > 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes the earliest event; those of the same millisecond in no order that means anything. */
  long poll() {
    if (taken == sizes[0]) {
      advance();
    }
    return buckets[0][taken++];
  }

  static long timeOf(long event) {
    return event >>> PAYLOAD_BITS;
  }

  static int payloadOf(long event) {
    return (int) (event & (1L << PAYLOAD_BITS) - 1);
  }

  /** The memory that the queue holds on to. */
  long bytes() {
    long bytes = 0;
    for (long[] bucket : buckets) {
      bytes += Long.BYTES * (long) bucket.length;
    }
    return bytes;
  }

  /** Sets the clock to the next event, and sorts its bucket into the lower ones. */
  private void advance() {
    taken = 0;
    sizes[0] = 0;
    int lowest = 1;
    while (sizes[lowest] == 0) {
      lowest++;
    }
    long[] bucket = buckets[lowest];
    int size = sizes[lowest];
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, bucket[i]);
    }
    clock = timeOf(earliest);
    sizes[lowest] = 0;
    for (int i = 0; i < size; i++) {
      put(bucketOf(timeOf(bucket[i])), bucket[i]);
    }
  }

  private int bucketOf(long timeMillis) {
    return Long.SIZE - Long.numberOfLeadingZeros(timeMillis ^ clock);
  }

  private void put(int bucket, long event) {
    int size = sizes[bucket];
    if (size == buckets[bucket].length) {
      buckets[bucket] = Arrays.copyOf(buckets[bucket], size + (size >> 1));
    }
    buckets[bucket][size] = event;
    sizes[bucket] = size + 1;
  }
}
