/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The window: what has been handed to the hub and not been answered, in the order of sending. */
final class InFlight {
  private final Map<Long, Sent> byAttempt = new LinkedHashMap<>();

  /** One attempt to send. */
  record Sent(long attempt, Entry entry, long sentAtMillis) {}

  int size() {
    return byAttempt.size();
  }

  void add(Sent sent) {
    byAttempt.put(sent.attempt(), sent);
  }

  /** Takes an attempt out; null when it is unknown or was answered before. */
  @Nullable Sent remove(long attempt) {
    return byAttempt.remove(attempt);
  }

  @Nullable Sent oldest() {
    return byAttempt.isEmpty() ? null : byAttempt.values().iterator().next();
  }

  List<Entry> entries() {
    return byAttempt.values().stream().map(Sent::entry).toList();
  }

  /** Takes all attempts out, oldest first. */
  List<Sent> removeAll() {
    List<Sent> removed = List.copyOf(byAttempt.values());
    byAttempt.clear();
    return removed;
  }

  void replaceEntries(UnaryOperator<Entry> change) {
    byAttempt.replaceAll(
        (attempt, s) -> new Sent(attempt, change.apply(s.entry()), s.sentAtMillis()));
  }
}
