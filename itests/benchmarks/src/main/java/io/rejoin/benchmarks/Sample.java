/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** Figures of the same thing, measured several times. */
final class Sample {
  private final double[] sorted;

  Sample(List<Double> figures) {
    sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The figure that this share of all does not exceed. */
  double quantile(double share) {
    return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("median", rounded(median()));
    json.addProperty("p95", rounded(quantile(0.95)));
    json.addProperty("p99", rounded(quantile(0.99)));
    json.addProperty("least", rounded(least()));
    json.addProperty("most", rounded(most()));
    json.addProperty("figures", sorted.length);
    return json;
  }

  static double rounded(double figure) {
    return Math.round(figure * 1000) / 1000.0;
  }

  /** Three digits that matter, no exponent. */
  static String words(double figure) {
    int decimals = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", figure);
  }

  /** Median and spread. */
  @Override
  public String toString() {
    return words(median()) + " (" + words(least()) + " to " + words(most()) + ")";
  }
}
