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
    id = FixedIntervalComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: fixed interval",
    description =
        "The same delay after each failure. For a few gateways; a fleet is better served by"
            + " exponential back-off. A change applies at once, also to a wait under way.")
interface FixedIntervalForm extends CommonForm {

  @AttributeDefinition(
      name = "Interval (s)",
      description = "The delay after each failure. Shorter: back sooner, more attempts.",
      defaultValue = "60",
      min = "0.1",
      max = "86400")
  double intervalSeconds();

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
