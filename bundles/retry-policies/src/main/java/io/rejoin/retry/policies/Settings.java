/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a configuration value by value and notes each one that cannot be used. Kura enforces types
 * and limits in its web console only: what comes by REST, from the cloud or out of a snapshot is
 * unchecked. A missing value means its default.
 */
final class Settings {

  private static final int LONGEST_SHOWN = 60;

  private final Map<String, Object> properties;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  Settings(Map<String, Object> properties) {
    this.properties = properties;
  }

  /** What was read, by setting, in words. */
  Map<String, String> values() {
    return values;
  }

  /** What cannot be used: which setting, its value, and what it accepts; empty if all is well. */
  List<String> problems() {
    return problems;
  }

  Duration seconds(String id, double fallback, double min, double max) {
    return Duration.ofMillis(Math.round(1_000 * decimal(id, fallback, min, max)));
  }

  double decimal(String id, double fallback, double min, double max) {
    Object value = given(id, fallback);
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    if (number >= min && number <= max) {
      return used(id, number, plain(number));
    }
    return refused(id, value, "a number from " + plain(min) + " to " + plain(max), fallback);
  }

  int integer(String id, int fallback, int min, int max) {
    Object value = given(id, fallback);
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    if (number >= min && number <= max && number == Math.rint(number)) {
      return used(id, (int) number, plain(number));
    }
    return refused(id, value, "a whole number from " + min + " to " + max, fallback);
  }

  boolean flag(String id, boolean fallback) {
    Object value = given(id, fallback);
    return value instanceof Boolean flag
        ? used(id, flag, value.toString())
        : refused(id, value, "true or false", fallback);
  }

  String text(String id, String fallback, int min, int max) {
    Object value = given(id, fallback);
    if (value instanceof String text && text.length() >= min && text.length() <= max) {
      return used(id, text, text);
    }
    return refused(id, value, "a text of " + min + " to " + max + " characters", fallback);
  }

  <E extends Enum<E>> E choice(String id, E fallback) {
    Object value = given(id, name(fallback));
    E[] choices = fallback.getDeclaringClass().getEnumConstants();
    return Stream.of(choices)
        .filter(choice -> name(choice).equals(value))
        .findFirst()
        .map(choice -> used(id, choice, name(choice)))
        .orElseGet(() -> refused(id, value, "one of " + names(choices), fallback));
  }

  /** The value of one setting, which may not be less than that of another. */
  <T extends Comparable<T>> T atLeast(String id, T value, String lowerId, T lower) {
    if (value.compareTo(lower) >= 0) {
      return value;
    }
    if (values.containsKey(id) && values.containsKey(lowerId)) {
      problem(
          "%s is %s but accepts nothing below %s, which is %s"
              .formatted(id, values.get(id), lowerId, values.get(lowerId)));
    }
    return lower;
  }

  /** Notes a problem that is not one value's alone. */
  void problem(String problem) {
    problems.add(problem);
  }

  private Object given(String id, Object fallback) {
    Object value = properties.get(id);
    return value == null ? fallback : value;
  }

  private <T> T used(String id, T value, String words) {
    values.put(id, words);
    return value;
  }

  private <T> T refused(String id, Object value, String accepted, T instead) {
    problem(id + " is " + shown(value) + " but accepts " + accepted);
    return instead;
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static String names(Enum<?>[] choices) {
    return Stream.of(choices).map(Settings::name).collect(Collectors.joining(", "));
  }

  private static String shown(Object value) {
    String line = value.toString().replaceAll("\\p{Cntrl}", "?");
    String shown = line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    return value instanceof String ? '"' + shown + '"' : shown;
  }
}
