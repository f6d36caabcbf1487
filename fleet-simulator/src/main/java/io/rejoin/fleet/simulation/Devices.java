/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

/** All devices of a run: how each of them goes on after what it is told. */
interface Devices {

  /**
   * Goes on.
   *
   * @param now the clock, in milliseconds
   * @return whether the device is connected now and was not before
   */
  boolean told(long now, Signal signal, int device);

  /** The memory that the devices hold on to. */
  long bytes();
}
