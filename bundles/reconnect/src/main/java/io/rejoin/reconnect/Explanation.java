/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;

/**
 * A state in words, for the log and the status page. Nothing is rendered before somebody reads it:
 * the state itself is the explanation, this is its wording.
 */
public final class Explanation {

  private Explanation() {}

  /**
   * Why the connection stands where it stands, and what comes next, in one line.
   *
   * @param nowMillis the present on the monotonic clock
   */
  public static String of(FlowState state, Settings settings, long nowMillis) {
    return switch (state.phase()) {
      case STOPPED -> "not connected, since nobody asked for it";
      case CONNECTING -> "attempt " + state.attempt() + after(state);
      case CONNECTED -> "connected";
      case PROBING -> lastFailure(state) + "; asking the hub over HTTPS why";
      case PROVISIONING -> "asking the provisioning service" + after(state);
      case WAITING, WAITING_FOR_DPS, PARKED -> waiting(state, settings, nowMillis);
    };
  }

  /** When the next attempt is due and what it waits for, such as "in 34 s". */
  public static String nextAttempt(FlowState state, long nowMillis) {
    return switch (state.phase()) {
      case STOPPED, CONNECTED -> "none planned";
      case CONNECTING, PROBING, PROVISIONING -> "under way";
      case WAITING, WAITING_FOR_DPS, PARKED ->
          state.retryAt() == NEVER ? "none planned" : "in " + span(state.retryAt() - nowMillis);
    };
  }

  /** How far the connection is from asking the provisioning service. */
  public static String reprovisioning(FlowState state, Settings settings, long nowMillis) {
    if (!settings.provisioned()) {
      return "not in use";
    }
    if (!state.provisionerPresent()) {
      return "the provisioner is missing";
    }
    Reprovisioning dps = state.reprovisioning();
    if (dps.slotAt() == NEVER) {
      return "not due" + resting(dps, nowMillis);
    }
    if (dps.cause() != Reprovisioning.Cause.SILENCE) {
      return dps.dueAt() <= nowMillis ? "due" : "due in " + span(dps.dueAt() - nowMillis);
    }
    return silence(state, settings, nowMillis) + resting(dps, nowMillis);
  }

  private static String silence(FlowState state, Settings settings, long nowMillis) {
    Reprovisioning dps = state.reprovisioning();
    if (settings.mode() == ProvisioningMode.ON_ERROR_ONLY) {
      return "not due: only when the hub itself sends the device away";
    }
    String progress = dps.counted() + " of " + settings.failuresBeforeDps() + " failures";
    if (dps.slotAt() <= nowMillis) {
      return "not due: " + progress;
    }
    long began = state.outage().isNone() ? nowMillis : state.outage().firstAt();
    return "not due: "
        + progress
        + ", "
        + span(nowMillis - began)
        + " of "
        + span(dps.slotAt() - began);
  }

  private static String resting(Reprovisioning dps, long nowMillis) {
    return dps.notBefore() > nowMillis ? ", resting for " + span(dps.notBefore() - nowMillis) : "";
  }

  private static String waiting(FlowState state, Settings settings, long nowMillis) {
    StringBuilder words = new StringBuilder();
    if (state.outage().isNone()) {
      words.append("waiting");
    } else {
      words.append(lastFailure(state));
    }
    if (!state.gaveUp().isEmpty()) {
      words.append("; the retry policy gave up: ").append(state.gaveUp());
    }
    words.append("; next attempt ").append(nextAttempt(state, nowMillis));
    if (settings.provisioned()) {
      words.append("; provisioning ").append(reprovisioning(state, settings, nowMillis));
    }
    return words.toString();
  }

  private static String after(FlowState state) {
    return state.outage().isNone() ? "" : " after: " + lastFailure(state);
  }

  private static String lastFailure(FlowState state) {
    Outage outage = state.outage();
    return "failure "
        + outage.failures()
        + (outage.lost() ? ", connection lost: " : ": ")
        + outage.failure().words();
  }

  /** A time span for people: "850 ms", "34 s", "22 min", "3.5 h". */
  static String span(long millis) {
    if (millis <= 0) {
      return "0 s";
    } else if (millis < 1_000) {
      return millis + " ms";
    } else if (millis < 120_000) {
      return Math.round(millis / 1_000.0) + " s";
    } else if (millis < 7_200_000) {
      return Math.round(millis / 60_000.0) + " min";
    }
    return Math.round(millis / 360_000.0) / 10.0 + " h";
  }
}
