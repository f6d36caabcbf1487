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
   * @param fate what became of the registration; without meaning for a lookup
   */
  record Failed(Failure failure, Fate fate) implements DpsReply {}

  /** What became of a registration that named no hub. */
  enum Fate {
    /** The service did not take it on: it was never sent, or refused. Nothing to pay. */
    NOT_TAKEN_ON,
    /** The service took it on and ended it without a hub. */
    ENDED,
    /** The service took it on, or may have, and its end was not seen: a lookup can tell. */
    OPEN
  }
}
