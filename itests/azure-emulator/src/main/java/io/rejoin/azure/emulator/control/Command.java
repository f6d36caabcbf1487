/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that a person or a script can have the emulator do to a hub or to DPS.
 *
 * @param name as in the path
 * @param explanation what it does, one line
 * @param parameters names with the values that hold when they are not given, empty when there is
 *     none
 * @param action does it
 */
record Command<T>(
    String name, String explanation, Map<String, String> parameters, Action<T> action) {

  /** Does it; an {@link IllegalArgumentException} is the caller's mistake, told by its message. */
  @FunctionalInterface
  interface Action<T> {
    void perform(T target, Parameters parameters) throws IOException;
  }

  /**
   * @param parameters {@code name=default}, each
   */
  static <T> Command<T> of(
      String name, String explanation, Action<T> action, String... parameters) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      defaults.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return new Command<>(name, explanation, defaults, action);
  }

  void perform(T target, Map<String, String> given) throws IOException {
    for (String name : given.keySet()) {
      if (!parameters.containsKey(name)) {
        throw new IllegalArgumentException(
            name + ": unknown, " + this.name + " takes " + parameters.keySet());
      }
    }
    action.perform(target, new Parameters(given, parameters));
  }
}
