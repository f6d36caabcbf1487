/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
    id = RandomIntervalComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: random interval",
    description =
        "A random delay between two limits after each failure. A change applies at once, also to a"
            + " wait under way.")
interface RandomIntervalForm extends CommonForm {

  @AttributeDefinition(
      name = "Shortest delay (s)",
      description = "No delay is shorter.",
      defaultValue = "1",
      min = "0.1",
      max = "86400")
  double shortestSeconds();

  @AttributeDefinition(
      name = "Longest delay (s)",
      description =
          "No delay is longer. Not less than the shortest delay. For a fleet: the number of"
              + " devices on the hub divided by the connections that it accepts per second.",
      defaultValue = "120",
      min = "0.1",
      max = "86400")
  double longestSeconds();
}
