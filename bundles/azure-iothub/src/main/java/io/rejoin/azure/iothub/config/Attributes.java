/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a component's properties. Kura's console checks what is typed into a form; values from
 * Kapua, REST, snapshots and rollbacks arrive unchecked, so each is checked here. A value that
 * cannot be used is answered with the default and one line in {@link #problems}.
 *
 * <p>Not thread-safe.
 */
public final class Attributes {

  private static final Pattern TARGET = Pattern.compile("\\(kura\\.service\\.pid=(.*)\\)");
  private static final String NOBODY = "changeme";

  private final Map<String, Object> properties;
  private final List<String> problems = new ArrayList<>();

  public Attributes(Map<String, Object> properties) {
    this.properties = properties;
  }

  /** One line for each value that cannot be used: which setting, what it is, what it accepts. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Notes a problem that only the caller can see. */
  public void problem(String line) {
    problems.add(line);
  }

  public boolean flag(String id, boolean otherwise) {
    Object value = properties.get(id);
    if (value == null || value instanceof Boolean) {
      return value == null ? otherwise : (Boolean) value;
    }
    return refuse(id, value, "true or false", otherwise);
  }

  public int number(String id, int otherwise, int min, int max) {
    Object value = properties.get(id);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      long number = ((Number) value).longValue();
      if (number >= min && number <= max) {
        return (int) number;
      }
    }
    return refuse(id, value, "a whole number from " + min + " to " + max, otherwise);
  }

  public double decimal(String id, double otherwise, double min, double max) {
    Object value = properties.get(id);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    return refuse(id, value, "a number from " + min + " to " + max, otherwise);
  }

  /** A text without surrounding blanks; empty when the property is missing. */
  public String text(String id) {
    return text(id, "");
  }

  public String text(String id, String otherwise) {
    Object value = properties.get(id);
    if (value == null || value instanceof String) {
      return value == null ? otherwise : ((String) value).strip();
    }
    return refuse(id, value, "a text", otherwise);
  }

  public <E extends Enum<E>> E choice(String id, E otherwise) {
    Object value = properties.get(id);
    if (value == null || "".equals(value)) {
      return otherwise;
    }
    Class<E> type = otherwise.getDeclaringClass();
    for (E constant : type.getEnumConstants()) {
      if (value instanceof String text
          && constant.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    return refuse(id, value, "one of " + Arrays.toString(type.getEnumConstants()), otherwise);
  }

  /** The pid that a reference's {@code .target} names, null when it names nobody. */
  public @Nullable String target(String reference) {
    Matcher target = TARGET.matcher(text(reference + ".target"));
    return target.matches() && !NOBODY.equals(target.group(1)) ? target.group(1) : null;
  }

  private <T> T refuse(String id, Object value, String accepted, T otherwise) {
    problems.add(id + " is " + value + ": give " + accepted);
    return otherwise;
  }
}
