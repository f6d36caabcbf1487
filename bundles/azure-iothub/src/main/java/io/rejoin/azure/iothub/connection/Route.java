/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.provisioning.Assignment;
import io.rejoin.retry.Failure;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How to get to the hub under one configuration. Called on threads that may wait. */
interface Route {

  /**
   * All that one attempt needs, with credentials read anew.
   *
   * @param assignment where the device belongs, null when the configuration says it
   * @throws LinkFailedException when something is missing or cannot be used
   */
  LinkSettings to(@Nullable Assignment assignment) throws LinkFailedException;

  /**
   * Asks the hub over HTTPS why it refused.
   *
   * @return completes, never exceptionally, with its answer, or why there was none; with null when
   *     it found nothing wrong
   */
  CompletionStage<@Nullable Failure> ask(@Nullable Assignment assignment);
}
