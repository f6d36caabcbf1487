/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

/** The ways in which a device can prove who it is to the provisioning service. */
public enum Attestation {
  SYMMETRIC_KEY,
  X509
}
