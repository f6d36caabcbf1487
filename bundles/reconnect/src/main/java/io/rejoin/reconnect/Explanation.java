/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;

import io.rejoin.reconnect.Reprovisioning.Cause;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;

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
      case CONNECTING -> connecting(state, settings);
      case CONNECTED -> connected(state, settings, nowMillis);
      case PROBING -> lastFailure(state, settings) + "; asking the hub over HTTPS why";
      case PROVISIONING -> asking(state, settings);
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
    long dueAt = ReconnectFlow.dpsDueAt(state, settings);
    if (dueAt != NEVER) {
      return dueAt <= nowMillis ? "due" : "due in " + span(dueAt - nowMillis);
    }
    return silence(state, settings, nowMillis) + resting(dps, nowMillis);
  }

  private static String silence(FlowState state, Settings settings, long nowMillis) {
    Reprovisioning dps = state.reprovisioning();
    if (settings.mode() == ProvisioningMode.ON_ERROR_ONLY) {
      return "not due: only when the hub itself sends the device away";
    }
    StringBuilder words = new StringBuilder("not due: ");
    words.append(dps.counted()).append(" of ").append(settings.failuresBeforeDps());
    words.append(" failures");
    if (dps.slotAt() > nowMillis && !state.outage().isNone()) {
      long began = state.outage().firstAt();
      words.append(", ").append(span(nowMillis - began));
      words.append(" of ").append(span(dps.slotAt() - began));
    }
    if (dps.counted() >= settings.failuresBeforeDps()) {
      words.append(", but the last one says nothing about the hub");
    }
    return words.toString();
  }

  private static String resting(Reprovisioning dps, long nowMillis) {
    return dps.notBefore() > nowMillis ? ", resting for " + span(dps.notBefore() - nowMillis) : "";
  }

  private static String connecting(FlowState state, Settings settings) {
    return state.outage().isNone()
        ? "connecting"
        : "trying again after: " + lastFailure(state, settings);
  }

  private static String connected(FlowState state, Settings settings, long nowMillis) {
    return state.reprovisioning().cause() == Cause.OPERATOR
        ? "connected; DPS " + reprovisioning(state, settings, nowMillis)
        : "connected";
  }

  private static String asking(FlowState state, Settings settings) {
    return state.outage().isNone() ? "asking DPS" : lastFailure(state, settings) + "; asking DPS";
  }

  private static String waiting(FlowState state, Settings settings, long nowMillis) {
    StringBuilder words = new StringBuilder();
    words.append(state.outage().isNone() ? "waiting" : lastFailure(state, settings));
    if (!state.gaveUp().isEmpty()) {
      words.append("; the retry policy gave up: ").append(state.gaveUp());
    }
    words.append("; next attempt ").append(nextAttempt(state, nowMillis));
    if (settings.provisioned()) {
      words.append("; DPS ").append(reprovisioning(state, settings, nowMillis));
    }
    return words.toString();
  }

  private static String lastFailure(FlowState state, Settings settings) {
    Outage outage = state.outage();
    boolean ofDps = settings.provisioned() && state.assignment() == null;
    String what =
        outage.lost()
            ? "connection lost: "
            : (ofDps ? "DPS attempt " : "attempt ") + outage.failures() + " failed: ";
    return what + outage.reported().words() + answer(outage, settings);
  }

  /** What was found out about the failure by asking somebody else. */
  private static String answer(Outage outage, Settings settings) {
    Failure answer = outage.answer();
    if (answer == null) {
      return "";
    }
    // Over HTTPS the hub is asked about a refusal alone, and in this profile.
    boolean probe =
        outage.reported().kind() == FailureKind.REFUSED
            && settings.profile() == Profile.RECOMMENDED;
    if (!probe) {
      return "; DPS says: " + answer.words();
    }
    if (answer == Outage.NOTHING_WRONG) {
      return ", HTTPS probe finds nothing wrong";
    }
    return (outage.believed() ? ", HTTPS probe says: " : ", HTTPS probe is no help: ")
        + answer.words();
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
