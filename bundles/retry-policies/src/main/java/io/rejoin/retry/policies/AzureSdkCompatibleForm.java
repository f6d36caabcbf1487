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
    id = AzureSdkCompatibleComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: as the Azure SDK for Java",
    description =
        "The delays of ExponentialBackoffWithJitter in Microsoft's device SDK for Java, for"
            + " comparison and migration. It has no jitter at its longest delay: not for large"
            + " fleets. A change applies at once, also to a wait under way.")
interface AzureSdkCompatibleForm extends LimitsForm {

  @AttributeDefinition(
      name = "minBackoff (ms)",
      description = "The shortest delay.",
      defaultValue = "100",
      min = "0",
      max = "86400000")
  int minBackoffMillis();

  @AttributeDefinition(
      name = "maxBackoff (ms)",
      description = "The longest delay. Not less than minBackoff.",
      defaultValue = "10000",
      min = "1",
      max = "86400000")
  int maxBackoffMillis();

  @AttributeDefinition(
      name = "deltaBackoff (ms)",
      description =
          "What is multiplied by 1, 3, 7, 15 and so on and added to minBackoff; 80 to 120 percent"
              + " of it, at random.",
      defaultValue = "100",
      min = "1",
      max = "86400000")
  int deltaBackoffMillis();

  @AttributeDefinition(
      name = "firstFastRetry",
      description = "Whether the first attempt comes at once.",
      defaultValue = "true")
  boolean firstFastRetry();
}
