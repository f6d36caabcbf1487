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
    id = NoRetryComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/retry-policy.png", size = 32),
    name = "Retry policy: no retry",
    description =
        "The connection gives up at the first failure and stays down until somebody connects it."
            + " For commissioning and tests only.")
interface NoRetryForm {

  @AttributeDefinition(
      name = "Reason",
      description = "What the connection shows when it gives up, for whoever finds it down.",
      defaultValue = "no-retry-configured",
      min = "1",
      max = "200")
  String reason();
}
