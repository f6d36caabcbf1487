/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.provisioning.Assignment;
import io.rejoin.reconnect.Explanation;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the connection would say at one moment. Rendered only when somebody reads it. Immutable.
 *
 * @param state the flow's state
 * @param settings the numbers it was reached under
 * @param policyName the policy in use, as an operator knows it
 * @param target hub and device of the configuration, empty parts while nobody knows
 * @param taken the moment it describes
 */
record ConnectionStatus(
    FlowState state, Settings settings, String policyName, Target target, Moment taken) {

  /** Where the connection goes when no provisioner says otherwise. */
  record Target(String hubHostName, String deviceId) {}

  Phase phase() {
    return state.phase();
  }

  String hub() {
    Assignment assignment = state.assignment();
    return assignment == null ? target.hubHostName() : assignment.hubHostName();
  }

  String device() {
    Assignment assignment = state.assignment();
    return assignment == null ? target.deviceId() : assignment.deviceId();
  }

  /** State and reason in one line. */
  String explanation(long nowMillis) {
    return Explanation.of(state, settings, nowMillis);
  }

  /** The entries of the status page, which Kura shows sorted by key. */
  Map<String, String> entries(Moment now) {
    Map<String, String> entries = new TreeMap<>();
    long monotonic = now.monotonicMillis();
    Failure failure = state.lastFailure();
    entries.put("Connection State", phase().name());
    entries.put("Connection State Reason", explanation(monotonic));
    entries.put("Connection State Since", since(now));
    entries.put("Device", device());
    entries.put("Failures In A Row", Integer.toString(state.failures()));
    entries.put("Hub", hub().isEmpty() ? "not known yet" : hub());
    entries.put("Last Failure", failure == null ? "none" : failure.words());
    entries.put("Next Attempt", Explanation.nextAttempt(state, monotonic));
    entries.put("Provisioning", Explanation.reprovisioning(state, settings, monotonic));
    entries.put("Retry Policy", policyName);
    return entries;
  }

  private String since(Moment now) {
    long wallMillis = now.wallMillis() - (now.monotonicMillis() - state.since());
    return Instant.ofEpochMilli(wallMillis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
