/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of several lines, each {@code name=value}. */
public final class Lines {
  private Lines() {}

  /** Reads such a setting; a line of another form is a problem. */
  public static Map<String, String> read(Attributes attributes, String id) {
    Map<String, String> result = new LinkedHashMap<>();
    for (String line : attributes.text(id).split("\\R")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        result.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isBlank()) {
        attributes.problem(id + " has the line '" + line.strip() + "': give name=value");
      }
    }
    return result;
  }
}
