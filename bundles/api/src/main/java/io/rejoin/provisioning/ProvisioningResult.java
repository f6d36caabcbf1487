/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import io.rejoin.retry.Failure;
import java.util.Objects;

/** What came of a {@link ProvisioningRequest}. */
public sealed interface ProvisioningResult {

  /** The service named a hub; the provisioner has stored it. */
  record Assigned(Assignment assignment) implements ProvisioningResult {
    public Assigned {
      Objects.requireNonNull(assignment, "assignment");
    }
  }

  /** A lookup found no registration: the device has to register. */
  record NotRegistered() implements ProvisioningResult {}

  /**
   * Nothing came of it. An empty budget is a failure of kind {@link
   * io.rejoin.retry.FailureKind#PROVISIONING_BUDGET_EMPTY} whose {@code retryAfter} says when it
   * refills.
   */
  record Failed(Failure failure) implements ProvisioningResult {
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }
}
