/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param accepted readings whose {@code publish} returned
 * @param delivered of these, how many the hubs have; without the local cloud, how many they
 *     confirmed
 * @param duplicates readings that a hub has more than once
 */
record Summary(
    long accepted,
    long delivered,
    long duplicates,
    long hubAttempts,
    long dpsLookups,
    long dpsRegistrations,
    long longestDowntimeAfterReturnMs,
    @Nullable Long hotSwapEffectMs,
    List<Timeline.Entry> timeline) {

  static Summary of(
      Readings readings, @Nullable Cloud cloud, @Nullable Tour tour, Timeline timeline) {
    JsonObject counts = cloud == null ? new JsonObject() : cloud.counts();
    long swapped = tour == null ? -1 : tour.hotSwapEffectMs();
    return new Summary(
        readings.accepted(),
        cloud == null ? readings.confirmed() : number(counts, "delivered"),
        number(counts, "duplicates"),
        timeline.entries().stream().filter(entry -> entry.state().equals("CONNECTING")).count(),
        number(counts, "dpsLookups"),
        number(counts, "dpsRegistrations"),
        tour == null ? 0 : tour.longestDowntimeAfterReturnMs(),
        swapped < 0 ? null : swapped,
        timeline.entries());
  }

  long lost() {
    return accepted - delivered;
  }

  void print() {
    System.out.println();
    System.out.println("accepted                       " + accepted);
    System.out.println("delivered                      " + delivered);
    System.out.println("lost                           " + lost());
    System.out.println("duplicates                     " + duplicates);
    System.out.println("attempts at a hub              " + hubAttempts);
    System.out.println("DPS lookups (free)             " + dpsLookups);
    System.out.println("DPS registrations (billed)     " + dpsRegistrations);
    System.out.println(
        "longest time unconnected after the hub was back  " + longestDowntimeAfterReturnMs + " ms");
    if (hotSwapEffectMs != null) {
      System.out.println("changed policy to new due time " + hotSwapEffectMs + " ms");
    }
  }

  void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accepted", accepted);
    json.put("delivered", delivered);
    json.put("lost", lost());
    json.put("duplicates", duplicates);
    json.put("hubAttempts", hubAttempts);
    json.put("dpsLookups", dpsLookups);
    json.put("dpsRegistrations", dpsRegistrations);
    json.put("longestDowntimeAfterReturnMs", longestDowntimeAfterReturnMs);
    json.put("hotSwapEffectMs", hotSwapEffectMs);
    json.put("timeline", timeline.stream().map(Timeline.Entry::json).toList());
    Files.writeString(
        file, new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(json));
  }

  private static long number(JsonObject counts, String name) {
    return counts.has(name) ? counts.get(name).getAsLong() : 0;
  }
}
