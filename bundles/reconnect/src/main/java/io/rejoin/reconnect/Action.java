/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest;
import org.jspecify.annotations.Nullable;

/** What is to be done. Carried out by whoever drives the flow, in the order given. */
public sealed interface Action {

  /**
   * Try to connect, with a fresh client.
   *
   * @param attempt the number under which its outcome is to be reported
   * @param target where to, null when the configuration says it
   */
  record Open(long attempt, @Nullable Assignment target) implements Action {}

  /**
   * End this attempt or session; what it still reports is ignored.
   *
   * @param drain whether to stop sending and wait a little for outstanding confirmations first
   */
  record Close(long attempt, boolean drain) implements Action {}

  /** Ask the hub over HTTPS why it refused this attempt. */
  record Probe(long attempt, @Nullable Assignment target) implements Action {}

  /**
   * Ask the provisioner.
   *
   * @param attempt the number under which its answer is to be reported; questions and attempts are
   *     numbered in one row
   */
  record Provision(long attempt, ProvisioningRequest request) implements Action {}
}
