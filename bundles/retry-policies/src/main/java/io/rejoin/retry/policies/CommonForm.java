/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import org.osgi.service.metatype.annotations.AttributeDefinition;

/** The part of the form that the policies share: when throttled, and when to give up. */
interface CommonForm extends LimitsForm {

  @AttributeDefinition(
      name = "First delay when throttled (s)",
      description =
          "When the service says that it gets too many requests, the delay is at least this after"
              + " the first failure, and doubles with each further one. Up to half of it is random."
              + " A wait that the service itself asks for is always kept.",
      defaultValue = "10",
      min = "0.1",
      max = "86400")
  double throttledBaseSeconds();

  @AttributeDefinition(
      name = "Longest delay when throttled (s)",
      description =
          "Where that doubling ends. Not less than the first delay when throttled. A shorter one"
              + " makes the service throttle for longer.",
      defaultValue = "120",
      min = "0.1",
      max = "86400")
  double throttledCapSeconds();
}
