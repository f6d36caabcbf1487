/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What the status page says about the provisioner. */
final class ProvisionerEntries {

  private ProvisionerEntries() {}

  static void add(Map<String, String> info, Provisioner provisioner) {
    ProvisionerStatus status = provisioner.status();
    info.put("Provisioning Service", status.service());
    info.put("Provisioning Budget Left", budget(status));
    Instant last = status.lastRegisteredAt();
    info.put(
        "Provisioning Last Registration",
        last == null ? "never" : toSecond(last) + ", since " + status.lastReason());
    if (!status.problem().isEmpty()) {
      info.put("Provisioning Problem", status.problem());
    }
  }

  private static String budget(ProvisionerStatus status) {
    if (status.budgetLeft() == Integer.MAX_VALUE) {
      return "unlimited";
    }
    Instant next = status.nextBudgetAt();
    return status.budgetLeft() + (next == null ? "" : ", one more at " + toSecond(next));
  }

  private static Instant toSecond(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
