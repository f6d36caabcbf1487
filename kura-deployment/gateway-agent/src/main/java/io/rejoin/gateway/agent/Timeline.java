/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/**
 * Hears each change of the connection's state, prints it as a line and remembers it. Waiting for a
 * state is a wait on the next change, never a sleep.
 *
 * <p>Thread-safe.
 */
final class Timeline implements EventHandler {

  static final String TOPIC = "io/rejoin/azure/iothub/connection/STATE_CHANGED";

  /** One change of state. */
  record Entry(
      long atMs,
      String state,
      String hub,
      String reason,
      String kind,
      String policy,
      long nextAttemptInMs,
      int failures) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("atMs", atMs);
      json.put("state", state);
      json.put("hub", hub);
      json.put("reason", reason);
      json.put("policy", policy);
      json.put("nextAttemptInMs", nextAttemptInMs < 0 ? null : nextAttemptInMs);
      return json;
    }
  }

  private final long startedNanos = System.nanoTime();
  private final List<Entry> entries = new ArrayList<>();
  private volatile boolean ended;

  @Override
  public void handleEvent(Event event) {
    Entry entry =
        new Entry(
            elapsedMs(),
            text(event, "state"),
            text(event, "hub"),
            text(event, "reason"),
            text(event, "kind"),
            text(event, "policy"),
            number(event, "nextAttemptInMillis"),
            (int) number(event, "failures"));
    synchronized (entries) {
      entries.add(entry);
      entries.notifyAll();
    }
    print(
        String.format(
            Locale.ROOT,
            "%-15s %-22s %s  [policy: %s]",
            entry.state(),
            entry.hub(),
            entry.reason(),
            entry.policy()));
  }

  long elapsedMs() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }

  /** The last line: what happens while the gateway is being stopped would hide it. */
  void printLast(String line) {
    print(line);
    ended = true;
  }

  void print(String line) {
    if (ended) {
      return;
    }
    System.out.printf(Locale.ROOT, "%8.3f s  %s%n", elapsedMs() / 1_000.0, line);
  }

  List<Entry> entries() {
    synchronized (entries) {
      return List.copyOf(entries);
    }
  }

  /** How many changes there have been: a mark to wait from. */
  int mark() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** Waits for a change after the mark that is as wanted. */
  Entry await(int mark, String expectation, long limitMs, Predicate<Entry> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + limitMs * 1_000_000;
    synchronized (entries) {
      int next = mark;
      while (true) {
        for (; next < entries.size(); next++) {
          if (wanted.test(entries.get(next))) {
            return entries.get(next);
          }
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IllegalStateException(
              "waited " + limitMs / 1_000 + " s in vain for: " + expectation);
        }
        entries.wait(left);
      }
    }
  }

  private static String text(Event event, String name) {
    Object value = event.getProperty(name);
    return value == null ? "" : value.toString();
  }

  private static long number(Event event, String name) {
    return event.getProperty(name) instanceof Number number ? number.longValue() : -1;
  }
}
