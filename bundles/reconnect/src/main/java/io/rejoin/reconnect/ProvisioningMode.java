/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/** When a provisioned device may ask where it belongs; the names are those of Azure IoT Edge. */
public enum ProvisioningMode {
  /** Without an assignment, and whenever the profile's rules find the hub lost. */
  DYNAMIC,
  /** As {@link #DYNAMIC}, and once at each start: one billed registration a start. */
  ALWAYS_ON_STARTUP,
  /** Without an assignment, and when the hub itself says that it does not know the device. */
  ON_ERROR_ONLY
}
