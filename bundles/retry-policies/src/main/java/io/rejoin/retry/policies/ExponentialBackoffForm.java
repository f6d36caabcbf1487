/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(
    id = ExponentialBackoffComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: exponential back-off",
    description =
        "The first attempt comes nearly at once, then each delay is longer than the one before, up"
            + " to a limit, with a random part. The defaults suit one gateway as well as a fleet"
            + " of unknown size. A change applies at once, also to a wait under way.")
interface ExponentialBackoffForm extends CommonForm {

  @AttributeDefinition(
      name = "First attempt within (s)",
      description =
          "The first attempt after a failure comes at a random moment within so many seconds. 0:"
              + " at once, which a hub with many gateways feels when it restarts.",
      defaultValue = "0.5",
      min = "0",
      max = "3600")
  double firstDelaySeconds();

  @AttributeDefinition(
      name = "Quick attempts",
      description =
          "How many attempts follow the first one at the quick interval before the delays begin to"
              + " grow. More of them bring a gateway back sooner after a short outage, and load"
              + " the hub more after a long one.",
      defaultValue = "0",
      min = "0",
      max = "100")
  int quickAttempts();

  @AttributeDefinition(
      name = "Quick interval (s)",
      description = "The delay before each quick attempt; up to half of it is random.",
      defaultValue = "6",
      min = "0.1",
      max = "3600")
  double quickIntervalSeconds();

  @AttributeDefinition(
      name = "Base delay (s)",
      description = "The first of the growing delays.",
      defaultValue = "2",
      min = "0.1",
      max = "86400")
  double baseSeconds();

  @AttributeDefinition(
      name = "Factor",
      description =
          "By how much each delay is longer than the one before: 2 doubles it, 1 keeps it. Not"
              + " used with decorrelated jitter.",
      defaultValue = "2",
      min = "1",
      max = "10")
  double factor();

  @AttributeDefinition(
      name = "Longest delay (s)",
      description =
          "Where the growth ends. Not less than the base delay. Shorter: back sooner after a long"
              + " outage, more attempts. Below 60 s a large fleet can keep its hub busy with"
              + " refusals alone; above 300 s the last gateways come back late.",
      defaultValue = "120",
      min = "0.1",
      max = "86400")
  double capSeconds();

  @AttributeDefinition(
      name = "Jitter",
      description =
          "Which part of a growing delay is random, so that gateways which failed together do not"
              + " come back together. It holds at the longest delay, too.",
      defaultValue = "equal",
      options = {
        @Option(label = "Equal: half of the delay is random", value = "equal"),
        @Option(label = "Full: all of the delay is random", value = "full"),
        @Option(
            label = "Decorrelated: between the base delay and three times the last delay",
            value = "decorrelated"),
        @Option(label = "None: nothing is random, for a gateway alone on its hub", value = "none")
      })
  String jitter();

  @AttributeDefinition(
      name = "Delay while nobody answers (%)",
      description =
          "As long as nothing is heard of the hub (no network, no name, nobody listening, no answer"
              + " in time), no growing delay is longer than this share of the outage so far, or"
              + " than the base delay if that is more: with 12 the gateway is back at most 7 s"
              + " after an outage of a minute. Such attempts cost the hub nothing. 0: the delays"
              + " grow alike, for links where each attempt costs money.",
      defaultValue = "12",
      min = "0",
      max = "100")
  int unansweredPercent();

  @AttributeDefinition(
      name = "Initial spread (s)",
      description =
          "When the hub closes a connection that was up, the first attempt comes at a random"
              + " moment within so many seconds. It keeps a fleet from arriving all at once and"
              + " costs each gateway half of it on average. A loss that the gateway noticed by"
              + " itself is not spread. 0: calculated from the fleet size.",
      defaultValue = "0",
      min = "0",
      max = "86400")
  double initialSpreadSeconds();

  @AttributeDefinition(
      name = "Fleet size",
      description =
          "How many devices are on the same hub. With an initial spread of 0 the spread becomes"
              + " 1.1 times the fleet size divided by the connections per second. 0: unknown, no"
              + " spread.",
      defaultValue = "0",
      min = "0",
      max = "1000000")
  int fleetSize();

  @AttributeDefinition(
      name = "Hub connections per second",
      description =
          "How many new connections per second the hub accepts. S1: 100, or 12 per unit if that is"
              + " more; S2: 120 per unit; S3: 6000 per unit. Used with the fleet size only.",
      defaultValue = "100",
      min = "0.1",
      max = "1000000")
  double hubConnectionsPerSecond();
}
