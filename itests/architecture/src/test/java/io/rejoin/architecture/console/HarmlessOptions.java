/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import java.util.Map;

/**
 * Options that come first by label without being the default, each with a reason why an operator
 * who saves it unawares loses nothing. A new one has to be thought about, and then added here.
 */
final class HarmlessOptions {

  private static final Map<String, String> KNOWN =
      Map.of(
          // Spreads a fleet at least as well as the default does.
          "io.rejoin.retry.ExponentialBackoff, jitter", "decorrelated");

  private HarmlessOptions() {}

  /** Whether this value of an attribute, given as {@code pid, id}, is known to do no harm. */
  static boolean contains(String attribute, String value) {
    return value.equals(KNOWN.get(attribute));
  }
}
