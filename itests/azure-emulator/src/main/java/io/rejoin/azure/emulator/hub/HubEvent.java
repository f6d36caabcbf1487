/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import java.time.Instant;

/**
 * Something that happened at a hub.
 *
 * @param deviceId empty when it concerns no device
 * @param detail in words; for a refusal the true reason, which the device is not told; for one who
 *     is admitted, by which credential
 */
public record HubEvent(Instant at, Kind kind, String deviceId, String detail) {
  public enum Kind {
    CONNECTED,
    REFUSED,
    DISCONNECTED,
    DISPLACED,
    TOKEN_EXPIRED,
    PROTOCOL_VIOLATION,
    HTTPS
  }
}
