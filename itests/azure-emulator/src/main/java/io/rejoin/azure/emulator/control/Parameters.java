/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command's parameters as text, read as what they mean. What cannot be read ends in an {@link
 * IllegalArgumentException} that names the parameter and what it accepts.
 */
final class Parameters {
  private final Map<String, String> given;
  private final Map<String, String> defaults;

  Parameters(Map<String, String> given, Map<String, String> defaults) {
    this.given = given;
    this.defaults = defaults;
  }

  String text(String name) {
    String value = given.getOrDefault(name, defaults.getOrDefault(name, "")).strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + ": is missing");
    }
    return value;
  }

  /** As {@link #text}, or null when it is empty. */
  @Nullable String optional(String name) {
    String value = given.getOrDefault(name, defaults.getOrDefault(name, "")).strip();
    return value.isEmpty() ? null : value;
  }

  long number(String name, long smallest, long largest) {
    String value = text(name);
    try {
      long number = Long.parseLong(value);
      if (number >= smallest && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "%s: a number from %d to %d, not %s".formatted(name, smallest, largest, value));
  }

  int integer(String name, int smallest, int largest) {
    return (int) number(name, smallest, largest);
  }

  Duration seconds(String name) {
    return Duration.ofSeconds(number(name, -1_000_000_000, 1_000_000_000));
  }

  Duration millis(String name) {
    return Duration.ofMillis(number(name, 0, 1_000_000_000));
  }

  boolean yes(String name) {
    return switch (text(name).toLowerCase(Locale.ROOT)) {
      case "yes", "true", "on" -> true;
      case "no", "false", "off" -> false;
      default -> throw new IllegalArgumentException(name + ": yes or no, not " + text(name));
    };
  }

  <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    String value = text(name);
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: one of %s, not %s".formatted(name, Arrays.toString(type.getEnumConstants()), value),
          e);
    }
  }
}
