/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What was measured: for the terminal line by line, in the end as JSON. */
final class Report {
  private static final String COLUMNS = "%-74s %-26s %-26s %-9s %s%n";

  private final JsonArray rows = new JsonArray();

  Report() {
    System.out.printf(
        Locale.ROOT,
        COLUMNS,
        "what, median (least to most)",
        "ours",
        "beside it",
        "figure",
        "to reach");
  }

  /** A headline over the lines that follow. */
  void section(String words) {
    System.out.println();
    System.out.println(words);
  }

  /**
   * A figure that has a target.
   *
   * @param beside what ours is compared with
   * @param figure what the target is about: mostly a ratio of the two
   */
  void row(String what, Sample ours, Sample beside, double figure, Target target) {
    JsonObject json =
        row(what, ours, beside.toString(), Sample.words(figure), words(figure, target));
    json.add("beside", beside.json());
    json.addProperty("figure", Sample.rounded(figure));
    add(json, figure, target);
  }

  /** A figure of ours alone that has a target. */
  void row(String what, Sample ours, double figure, Target target) {
    JsonObject json = row(what, ours, "", Sample.words(figure), words(figure, target));
    json.addProperty("figure", Sample.rounded(figure));
    add(json, figure, target);
  }

  /** A figure for information. */
  void row(String what, Sample ours) {
    row(what, ours, "", "", "");
  }

  private static String words(double figure, Target target) {
    return target + (target.isReachedBy(figure) ? ", reached" : ", MISSED");
  }

  private static void add(JsonObject json, double figure, Target target) {
    json.addProperty("target", target.toString());
    json.addProperty("reached", target.isReachedBy(figure));
  }

  private JsonObject row(String what, Sample ours, String beside, String figure, String target) {
    System.out.printf(Locale.ROOT, COLUMNS, "  " + what, ours, beside, figure, target);
    JsonObject json = new JsonObject();
    json.addProperty("what", what);
    json.add("ours", ours.json());
    rows.add(json);
    return json;
  }

  /** Writes all rows, and on what they were measured. */
  void write(Path file, int rounds, long seconds) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("processors", Runtime.getRuntime().availableProcessors());
    json.addProperty("java", System.getProperty("java.vm.version"));
    json.addProperty("rounds", rounds);
    json.addProperty("seconds", seconds);
    json.add("rows", rows);
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(json));
    System.out.println();
    System.out.println(seconds + " s; written to " + file);
  }
}
