/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

/**
 * How a delay is blurred so that devices which failed together do not return together. The formulas
 * are those of "Exponential Backoff And Jitter" (AWS Architecture Blog); {@code v} is the capped
 * exponential value, so that the blur also holds at the cap.
 */
public enum Jitter {
  /** No chance at all: {@code v}. A fleet that failed together returns together. */
  NONE,
  /** {@code U(0, v)}. */
  FULL,
  /** {@code v/2 + U(0, v/2)}. */
  EQUAL,
  /** {@code min(cap, U(base, 3 * previous delay))}. */
  DECORRELATED
}
