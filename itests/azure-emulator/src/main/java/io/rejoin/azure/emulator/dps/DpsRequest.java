/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

/** The three requests that a device can make. */
public enum DpsRequest {
  /** {@code PUT /{scope}/registrations/{id}/register}. */
  REGISTER,
  /** {@code GET /{scope}/registrations/{id}/operations/{operation}}. */
  POLL,
  /** {@code POST /{scope}/registrations/{id}}. */
  LOOKUP
}
