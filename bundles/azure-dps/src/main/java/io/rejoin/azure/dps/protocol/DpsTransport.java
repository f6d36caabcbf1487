/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import java.io.IOException;
import java.time.Duration;

/** Carries a request to the service and its answer back. */
@FunctionalInterface
public interface DpsTransport extends AutoCloseable {

  /**
   * Sends a request and waits for its answer.
   *
   * @param limit how long the whole exchange may take, body included
   * @throws IOException if there is no answer
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  DpsAnswer send(DpsCall call, Duration limit) throws IOException, InterruptedException;

  /** Ends what the transport started; does not block. */
  @Override
  default void close() {}
}
