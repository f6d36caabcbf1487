/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.provisioning.Assignment;
import io.rejoin.retry.Failure;
import org.jspecify.annotations.Nullable;

/**
 * All that the flow knows. Immutable; times are monotonic milliseconds.
 *
 * @param phase where the connection stands
 * @param attempt the number of the newest attempt or question; events of an older one are ignored
 * @param since when the phase began
 * @param retryAt when the next attempt is due; {@link #NEVER} when none is planned. While
 *     connected: when the session is to be opened anew
 * @param hurried whether a hint or an operator brought {@code retryAt} forward, so that no new
 *     policy puts it off again
 * @param outage the row of failures behind it
 * @param reprovisioning how far it is on its way to the provisioning service
 * @param history what it remembers beyond one outage
 * @param assignment where the device belongs, null when the configuration says it or nobody knows
 * @param provisionerPresent whether a provisioner is there to be asked
 */
public record FlowState(
    Phase phase,
    long attempt,
    long since,
    long retryAt,
    boolean hurried,
    Outage outage,
    Reprovisioning reprovisioning,
    History history,
    @Nullable Assignment assignment,
    boolean provisionerPresent) {

  /** A moment that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The state of a connection that nobody has asked for yet. */
  public static final FlowState INITIAL =
      new FlowState(
          Phase.STOPPED,
          0,
          0,
          NEVER,
          false,
          Outage.NONE,
          Reprovisioning.NONE,
          History.NONE,
          null,
          false);

  /** The last failure of the present outage, null when there is none. */
  public @Nullable Failure lastFailure() {
    return outage.isNone() ? null : outage.failure();
  }

  /** How many attempts failed in a row, without a stable connection between. */
  public int failures() {
    return outage.failures();
  }

  /** Why the policy gave up, empty when it did not. */
  public String gaveUp() {
    return outage.gaveUp();
  }

  /** Whether the user wants the connection. */
  public boolean wanted() {
    return phase != Phase.STOPPED;
  }

  /** Begins another phase, with no attempt planned. */
  FlowState enter(Phase next, long at) {
    return new FlowState(
        next,
        attempt,
        at,
        NEVER,
        false,
        outage,
        reprovisioning,
        history,
        assignment,
        provisionerPresent);
  }

  FlowState withAttempt(long next) {
    return new FlowState(
        phase,
        next,
        since,
        retryAt,
        hurried,
        outage,
        reprovisioning,
        history,
        assignment,
        provisionerPresent);
  }

  FlowState withRetryAt(long at) {
    return new FlowState(
        phase,
        attempt,
        since,
        at,
        hurried,
        outage,
        reprovisioning,
        history,
        assignment,
        provisionerPresent);
  }

  /** The next attempt comes at this moment, unless it comes earlier anyway. */
  FlowState hurriedTo(long at) {
    return new FlowState(
        phase,
        attempt,
        since,
        Math.min(retryAt, at),
        true,
        outage,
        reprovisioning,
        history,
        assignment,
        provisionerPresent);
  }

  FlowState withOutage(Outage next) {
    return new FlowState(
        phase,
        attempt,
        since,
        retryAt,
        hurried,
        next,
        reprovisioning,
        history,
        assignment,
        provisionerPresent);
  }

  FlowState withReprovisioning(Reprovisioning next) {
    return new FlowState(
        phase,
        attempt,
        since,
        retryAt,
        hurried,
        outage,
        next,
        history,
        assignment,
        provisionerPresent);
  }

  FlowState withHistory(History next) {
    return new FlowState(
        phase,
        attempt,
        since,
        retryAt,
        hurried,
        outage,
        reprovisioning,
        next,
        assignment,
        provisionerPresent);
  }

  FlowState withAssignment(@Nullable Assignment next) {
    return new FlowState(
        phase,
        attempt,
        since,
        retryAt,
        hurried,
        outage,
        reprovisioning,
        history,
        next,
        provisionerPresent);
  }

  FlowState withProvisioner(boolean present) {
    return new FlowState(
        phase,
        attempt,
        since,
        retryAt,
        hurried,
        outage,
        reprovisioning,
        history,
        assignment,
        present);
  }
}
