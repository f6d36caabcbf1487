/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import io.rejoin.provisioning.Assignment;
import io.rejoin.retry.Failure;

/** What a request to the service came to. */
public sealed interface DpsReply {

  /** The service named a hub. */
  record Assigned(Assignment assignment) implements DpsReply {}

  /** A lookup found no registration that holds. */
  record NotRegistered() implements DpsReply {}

  /**
   * Nothing came of it.
   *
   * @param failure what went wrong and what to do
   * @param takenOn whether the service took the registration on, or may have: then it is billed
   */
  record Failed(Failure failure, boolean takenOn) implements DpsReply {}
}
