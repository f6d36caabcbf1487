/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/** What became of a cloud-to-device message. */
public enum Feedback {
  COMPLETED,
  REJECTED,
  /** Given back by the device, to be delivered again. */
  ABANDONED,
  /** Given up after too many deliveries. */
  DEAD_LETTERED
}
