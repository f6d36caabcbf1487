/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

/** What is to be reached. */
record Target(double limit, boolean atLeast) {
  static Target atLeast(double limit) {
    return new Target(limit, true);
  }

  static Target atMost(double limit) {
    return new Target(limit, false);
  }

  boolean isReachedBy(double figure) {
    return atLeast ? figure >= limit : figure <= limit;
  }

  @Override
  public String toString() {
    return (atLeast ? "at least " : "at most ") + Sample.words(limit);
  }
}
