/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import java.util.Arrays;

/** A queue of longs in a ring: half a million waiting messages take 4 MB. */
final class LongQueue {
  private long[] ring = new long[16];
  private int head;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(long value) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) & (ring.length - 1)] = value;
    size++;
  }

  /** Returns the n-th value; 0 is the oldest. */
  long get(int n) {
    return ring[(head + n) & (ring.length - 1)];
  }

  /** Removes the n-th value; cheap near the front, which is where values are removed. */
  void remove(int n) {
    for (int i = n; i > 0; i--) {
      ring[(head + i) & (ring.length - 1)] = get(i - 1);
    }
    head = (head + 1) & (ring.length - 1);
    size--;
  }

  private void grow() {
    long[] larger = Arrays.copyOf(ring, ring.length * 2);
    for (int i = 0; i < size; i++) {
      larger[i] = get(i);
    }
    ring = larger;
    head = 0;
  }
}
