/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.dps.state.Budget;
import io.rejoin.azure.dps.state.BudgetLimits;
import io.rejoin.provisioning.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a gateway's process: Kura's snapshot, the provisioner's file, the message store.
 */
final class Disk {
  final SimulatedStore store;
  final BudgetLimits limits;
  Budget budget;
  @Nullable Assignment assignment;

  /** What the user wants at start-up. */
  boolean wanted = true;

  Disk(SimulatedStore store, BudgetLimits limits) {
    this.store = store;
    this.limits = limits;
    budget = Budget.full(limits);
  }
}
