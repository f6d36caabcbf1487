/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import java.util.Objects;

/**
 * One question to a provisioning service.
 *
 * @param operation what to ask
 * @param reason why, for the log and the status: "the hub does not know this device (404001)"
 * @param byOperator whether a person asked for it: may overdraw an empty budget by one
 */
public record ProvisioningRequest(Operation operation, String reason, boolean byOperator) {

  public ProvisioningRequest {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(reason, "reason");
  }

  /** What can be asked of a provisioning service. */
  public enum Operation {
    /**
     * Ask for the result of the last registration. Free with Azure DPS, and blind: a changed
     * enrolment shows only after the device registers again.
     */
    LOOKUP,
    /** Register anew, so that the service decides again where the device belongs. Billed. */
    REGISTER
  }
}
