/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provisioner shows on a connection's status page. Immutable, no secret.
 *
 * @param service the service and registration in words, such as "0ne000 at
 *     global.azure-devices-provisioning.net as pump-7"
 * @param budgetLeft billable calls left now; {@link Integer#MAX_VALUE} when unlimited
 * @param nextBudgetAt when the budget grows next, null when it is full or unlimited
 * @param lastRegisteredAt when the device last registered, null when never
 * @param lastReason why it did, empty when never
 * @param problem what is wrong with the configuration, empty when nothing is
 */
public record ProvisionerStatus(
    String service,
    int budgetLeft,
    @Nullable Instant nextBudgetAt,
    @Nullable Instant lastRegisteredAt,
    String lastReason,
    String problem) {

  public ProvisionerStatus {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(lastReason, "lastReason");
    Objects.requireNonNull(problem, "problem");
  }
}
