/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.report;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Result;
import java.util.List;

/** One scenario with one result for each policy. */
public record Report(String scenario, Conditions conditions, List<Result> results) {

  /**
   * The speed of the simulation, through the gateways' flow if any of the policies runs on it: a
   * bare formula is faster.
   */
  double eventsPerSecond() {
    boolean anyFlow = results.stream().anyMatch(Result::ownFlow);
    double events = 0;
    double seconds = 0;
    for (Result result : results) {
      if (result.ownFlow() || !anyFlow) {
        events += result.events();
        seconds += result.seconds();
      }
    }
    return seconds > 0 ? events / seconds : 0;
  }

  /** The memory of the largest run. */
  double bytesPerDevice() {
    long most = 0;
    for (Result result : results) {
      most = Math.max(most, result.bytes());
    }
    return perDevice(most);
  }

  double perDevice(long count) {
    return (double) count / conditions.devices();
  }
}
