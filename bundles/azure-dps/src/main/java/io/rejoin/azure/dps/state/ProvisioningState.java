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
 * @param openSince when a registration was sent whose end was not seen yet, null when there is none
 * @param budget what may still be spent
 */
public record ProvisioningState(
    @Nullable Assignment assignment,
    @Nullable Instant registeredAt,
    String reason,
    @Nullable Instant openSince,
    Budget budget) {

  /** A device that never registered. */
  public static ProvisioningState initial(BudgetLimits limits) {
    return new ProvisioningState(null, null, "", null, Budget.full(limits));
  }

  /** A hub was named, by a lookup; news can only be the end of the registration that was open. */
  public ProvisioningState assigned(Assignment assignment) {
    Instant stillOpen = assignment.equals(this.assignment) ? openSince : null;
    return new ProvisioningState(assignment, registeredAt, reason, stillOpen, budget);
  }

  /** A registration that was paid for is about to be sent. */
  public ProvisioningState sending(Instant at, Budget left) {
    return new ProvisioningState(assignment, registeredAt, reason, at, left);
  }

  /** Time has passed, and with it the budget grown. */
  public ProvisioningState earned(Budget left) {
    return new ProvisioningState(assignment, registeredAt, reason, openSince, left);
  }

  /** The registration that was sent came to an end with a hub. */
  public ProvisioningState registered(Assignment assignment, Instant at, String reason) {
    return new ProvisioningState(assignment, at, reason, null, budget);
  }

  /** The registration that was sent came to an end without a hub. */
  public ProvisioningState ended(Budget left) {
    return new ProvisioningState(assignment, registeredAt, reason, null, left);
  }
}
