/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

/**
 * How a delay is blurred so that devices which failed together do not return together. The formulas
 * are those of "Exponential Backoff And Jitter" (AWS Architecture Blog); {@code v} is the capped
 * exponential value, so that the blur also holds at the cap. {@code U(a, b)} is uniform.
 */
public enum Jitter {
  /** No chance at all: {@code v}. A fleet that failed together returns together. */
  NONE,
  /** {@code U(0, v)}: the widest blur; a delay may be close to zero. */
  FULL,
  /** {@code v/2 + U(0, v/2)}: nearly as wide, and never less than half. */
  EQUAL,
  /**
   * {@code U(base, min(cap, 3 * previous delay))}, where previous is at least the base. The cap is
   * inside, unlike in the article, or two thirds of a fleet would wait for exactly the cap.
   */
  DECORRELATED
}
