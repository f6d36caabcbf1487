/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  private final @Nullable Chunk[] buckets = new @Nullable Chunk[BUCKETS];
  private @Nullable Chunk free;
  private long clock;
  private int size;
  private int chunks;

  /** Adds an event, not before the last one that was polled, nor after the latest moment. */
  void add(long timeMillis, int payload) {
    if (timeMillis < clock || timeMillis > LATEST_MILLIS) {
      throw new IllegalArgumentException(
          timeMillis + " ms is not between " + clock + " and " + LATEST_MILLIS + " ms");
    }
    put(timeMillis << PAYLOAD_BITS | payload);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes the earliest event; those of the same millisecond in no order that means anything. */
  long poll() {
    if (size == 0) {
      throw new NoSuchElementException();
    }
    Chunk due = buckets[0];
    if (due == null) {
      due = advance();
    }
    size--;
    long event = due.events[--due.size];
    if (due.size == 0) {
      buckets[0] = release(due);
    }
    return event;
  }

  static long timeOf(long event) {
    return event >>> PAYLOAD_BITS;
  }

  static int payloadOf(long event) {
    return (int) (event & (1L << PAYLOAD_BITS) - 1);
  }

  /** The memory that the queue holds on to. */
  long bytes() {
    return (long) chunks * Chunk.EVENTS * Long.BYTES;
  }

  /** Sets the clock to the next event, and sorts its bucket into the lower ones. */
  private Chunk advance() {
    int lowest = 1;
    while (buckets[lowest] == null) {
      lowest++;
    }
    Chunk chunk = buckets[lowest];
    buckets[lowest] = null;
    clock = earliest(chunk);
    while (chunk != null) {
      for (int i = 0; i < chunk.size; i++) {
        put(chunk.events[i]);
      }
      chunk = release(chunk);
    }
    return Objects.requireNonNull(buckets[0]);
  }

  private static long earliest(@Nullable Chunk first) {
    long earliest = Long.MAX_VALUE;
    for (Chunk chunk = first; chunk != null; chunk = chunk.next) {
      for (int i = 0; i < chunk.size; i++) {
        earliest = Math.min(earliest, chunk.events[i]);
      }
    }
    return timeOf(earliest);
  }

  private void put(long event) {
    int bucket = Long.SIZE - Long.numberOfLeadingZeros(timeOf(event) ^ clock);
    Chunk chunk = buckets[bucket];
    if (chunk == null || chunk.size == Chunk.EVENTS) {
      chunk = take(chunk);
      buckets[bucket] = chunk;
    }
    chunk.events[chunk.size++] = event;
  }

  private Chunk take(@Nullable Chunk next) {
    Chunk chunk = free;
    if (chunk == null) {
      chunk = new Chunk();
      chunks++;
    } else {
      free = chunk.next;
    }
    chunk.next = next;
    return chunk;
  }

  /** Gives a chunk back, and answers the one behind it. */
  private @Nullable Chunk release(Chunk chunk) {
    Chunk next = chunk.next;
    chunk.size = 0;
    chunk.next = free;
    free = chunk;
    return next;
  }

  /** A piece of a bucket: pieces go from bucket to bucket, so that none of them reserves memory. */
  private static final class Chunk {
    static final int EVENTS = 512;
    final long[] events = new long[EVENTS];
    int size;
    @Nullable Chunk next;
  }
}
