/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import java.util.random.RandomGenerator;

/** How long a client waits before its next attempt. */
@FunctionalInterface
public interface Formula {

  /**
   * The wait in milliseconds.
   *
   * @param failures attempts that failed so far in a row; 0 when the connection was just lost
   * @param previousMillis the wait before the last attempt, 0 at first
   */
  double delayMillis(int failures, double previousMillis, RandomGenerator random);
}
