/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import io.rejoin.reconnect.Settings;
import io.rejoin.retry.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** Whose devices a simulation runs. */
public sealed interface Contender {

  /** The name in every report. */
  String name();

  /**
   * Gateways with our flow.
   *
   * @param settings as in the gateway's configuration
   */
  record Gateway(String name, RetryPolicy policy, Settings settings) implements Contender {}

  /**
   * A client known by its formula.
   *
   * @param rule when it asks DPS, null for never
   */
  record Peer(String name, Formula formula, @Nullable DpsRule rule) implements Contender {}
}
