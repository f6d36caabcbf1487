/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import io.rejoin.provisioning.Assignment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provisioner remembers over restarts. Immutable, holds no secret.
 *
 * @param assignment the last one the service named, null when it never did
 * @param registeredAt when the device last registered, by its own clock, null when never
 * @param reason why it did, empty when never
 * @param budget what may still be spent
 */
public record ProvisioningState(
    @Nullable Assignment assignment, @Nullable Instant registeredAt, String reason, Budget budget) {

  /** A device that never registered. */
  public static ProvisioningState initial(BudgetLimits limits) {
    return new ProvisioningState(null, null, "", Budget.full(limits));
  }

  public ProvisioningState withAssignment(Assignment assignment) {
    return new ProvisioningState(assignment, registeredAt, reason, budget);
  }

  public ProvisioningState withRegistration(Instant at, String reason) {
    return new ProvisioningState(assignment, at, reason, budget);
  }

  public ProvisioningState withBudget(Budget budget) {
    return new ProvisioningState(assignment, registeredAt, reason, budget);
  }
}
