/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.outbox.OutboxSettings;
import io.rejoin.azure.iothub.outbox.OutboxStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the status page says about the outbox; Kura shows it sorted by key. */
final class OutboxEntries {
  private OutboxEntries() {}

  static void add(
      Map<String, String> info,
      OutboxStatus status,
      OutboxSettings settings,
      @Nullable StoreDescription store) {
    info.put("Outbox In Flight", status.inFlight() + " of " + settings.window());
    info.put("Outbox Oldest Message", oldest(status));
    info.put("Outbox Since Start", counts(status));
    info.put("Outbox Store", store(status, store));
    info.put("Outbox Waiting", waiting(status));
    if (status.held() > 0) {
      info.put("Outbox Held Back", status.held() + " messages of another connection");
    }
  }

  private static String waiting(OutboxStatus status) {
    double share = 100.0 * status.stored() / status.capacity();
    return String.format(
        Locale.ROOT, "%d (%.1f %% of %d)", status.waiting(), share, status.capacity());
  }

  private static String oldest(OutboxStatus status) {
    return status.oldestMillis() == 0
        ? "none"
        : Instant.ofEpochMilli(status.oldestMillis()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String counts(OutboxStatus status) {
    return "confirmed %d, sent again %d, set aside %d, expired %d, dropped %d, refused %d"
        .formatted(
            status.confirmed(),
            status.resent(),
            status.rejected(),
            status.expired(),
            status.dropped(),
            status.refused());
  }

  private static String store(OutboxStatus status, @Nullable StoreDescription store) {
    if (store == null) {
      return "MISSING: new messages are refused";
    }
    return status.storeOpen()
        ? store.words()
        : "NOT WORKING, new messages are refused: " + status.storeWords();
  }
}
