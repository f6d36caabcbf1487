/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

/** Where a connection takes hub, device and credential from. */
enum Identity {
  /** All three are in the device's connection string. */
  CONNECTION_STRING,
  /** Host name, device id and key are given one by one. */
  SYMMETRIC_KEY,
  /** Host name and device id are given; the certificate is in one of Kura's keystores. */
  X509,
  /** A provisioner knows all three. */
  PROVISIONER
}
