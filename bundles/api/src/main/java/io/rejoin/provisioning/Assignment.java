/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a device belongs: the answer of a provisioning service. Holds no secret. Immutable.
 *
 * @param hubHostName host name of the hub, without scheme or port
 * @param deviceId the device's identity there
 * @param assignedAt when the service made the assignment, by the service's clock
 * @param etag the service's version of the registration, empty when it gives none
 * @param payload custom JSON that the service returned, empty when none
 */
public record Assignment(
    String hubHostName, String deviceId, Instant assignedAt, String etag, String payload) {

  public Assignment {
    Objects.requireNonNull(hubHostName, "hubHostName");
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(assignedAt, "assignedAt");
    Objects.requireNonNull(etag, "etag");
    Objects.requireNonNull(payload, "payload");
  }

  /** Whether both name the same hub and the same device there. */
  public boolean sameTarget(Assignment other) {
    return hubHostName.equalsIgnoreCase(other.hubHostName) && deviceId.equals(other.deviceId);
  }
}
