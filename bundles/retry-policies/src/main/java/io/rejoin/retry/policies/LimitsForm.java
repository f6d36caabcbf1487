/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import org.osgi.service.metatype.annotations.AttributeDefinition;

/** The part of a policy's form that says when to give up. */
interface LimitsForm {

  @AttributeDefinition(
      name = "Attempts before giving up",
      description =
          "After so many attempts in a row the connection gives up: it stays down until somebody"
              + " connects it or changes its configuration. 0: never give up, right for a gateway"
              + " that nobody can reach.",
      defaultValue = "0",
      min = "0",
      max = "1000000")
  int maxAttempts();

  @AttributeDefinition(
      name = "Time before giving up (s)",
      description =
          "So many seconds after the first failure the connection gives up, as above; an attempt"
              + " that is already planned is still made. 0: never give up.",
      defaultValue = "0",
      min = "0",
      max = "31536000")
  int maxElapsedSeconds();
}
