/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import java.util.List;

/** What an event leads to: the next state, and what is to be done. */
public record Step(FlowState state, List<Action> actions) {

  static Step to(FlowState state) {
    return new Step(state, List.of());
  }

  static Step to(FlowState state, Action action) {
    return new Step(state, List.of(action));
  }

  static Step to(FlowState state, Action first, Action second) {
    return new Step(state, List.of(first, second));
  }
}
