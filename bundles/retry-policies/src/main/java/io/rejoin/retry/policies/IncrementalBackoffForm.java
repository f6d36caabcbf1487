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
    id = IncrementalBackoffComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: incremental back-off",
    description =
        "Each delay is longer than the one before by the same step, up to a limit. For links that"
            + " are often down for some minutes. A change applies at once, also to a wait under"
            + " way.")
interface IncrementalBackoffForm extends CommonForm {

  @AttributeDefinition(
      name = "First delay (s)",
      description = "The delay after the first failure.",
      defaultValue = "5",
      min = "0.1",
      max = "86400")
  double initialSeconds();

  @AttributeDefinition(
      name = "Step (s)",
      description = "By how much the delay grows with each further failure. 0: not at all.",
      defaultValue = "5",
      min = "0",
      max = "86400")
  double incrementSeconds();

  @AttributeDefinition(
      name = "Longest delay (s)",
      description =
          "Where the growth ends. Not less than the first delay. Shorter: back sooner after a long"
              + " outage, more attempts.",
      defaultValue = "120",
      min = "0.1",
      max = "86400")
  double capSeconds();

  @AttributeDefinition(
      name = "Jitter (%)",
      description =
          "By up to so many percent each delay is shortened at random. 0: none, and gateways that"
              + " failed together come back together, each time.",
      defaultValue = "50",
      min = "0",
      max = "100")
  int jitterPercent();
}
