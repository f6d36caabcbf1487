/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import java.util.Locale;
import java.util.Map;

/** What the properties of a message store's provider say about its durability. */
record StoreDescription(String pid, String durability) {
  static StoreDescription of(Map<String, Object> provider) {
    String pid = String.valueOf(provider.getOrDefault("kura.service.pid", "unnamed"));
    String h2Url = text(provider, "db.connector.url");
    String sqliteMode = text(provider, "db.mode");
    if (h2Url.startsWith("jdbc:h2:mem:") || sqliteMode.equals("in_memory")) {
      return new StoreDescription(pid, "in memory: a restart loses what waits");
    }
    if (h2Url.startsWith("jdbc:h2:") || !sqliteMode.isEmpty()) {
      return new StoreDescription(pid, "durable");
    }
    return new StoreDescription(pid, "durability unknown");
  }

  private static String text(Map<String, Object> properties, String id) {
    return properties.get(id) instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
  }

  String words() {
    return pid + ", " + durability;
  }
}
