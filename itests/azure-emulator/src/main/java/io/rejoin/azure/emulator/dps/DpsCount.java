/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

/** What the provisioning service counts. */
public enum DpsCount {
  /** Requests to register, whatever became of them. */
  REGISTERS,
  /** Requests to register that were accepted: what Microsoft bills. */
  BILLED,
  /** Requests for the status of a registration's operation. Free. */
  POLLS,
  /** Registration status lookups. Free. */
  LOOKUPS,
  /** Requests answered with 429. */
  THROTTLED,
  /** Requests answered with another 4xx. */
  REFUSED
}
