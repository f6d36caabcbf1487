/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import org.jspecify.annotations.Nullable;

/** What can happen to a connection. Each event carries its moment; the flow reads no clock. */
public sealed interface Event {

  Moment at();

  /** The connection is wanted: at start-up or by the user, who also ends a pause early this way. */
  record ConnectRequested(Moment at) implements Event {}

  /** The user does not want the connection. */
  record DisconnectRequested(Moment at) implements Event {}

  /** The time of {@link FlowState#timerAt} has come. One that comes early changes nothing. */
  record TimerElapsed(Moment at) implements Event {}

  /**
   * An attempt succeeded.
   *
   * @param renewInMillis when the session has to be opened anew because its token runs out, {@link
   *     FlowState#NEVER} when it needs no token; counts as the stable period if it is shorter
   */
  record Connected(Moment at, long attempt, long renewInMillis) implements Event {}

  /** An attempt failed. */
  record AttemptFailed(Moment at, long attempt, Failure failure) implements Event {}

  /**
   * An established session ended.
   *
   * @param quietMillis time between the server's last sign of life and this moment
   */
  record ConnectionLost(Moment at, long attempt, Failure failure, long quietMillis)
      implements Event {}

  /**
   * The hub was asked over HTTPS why it refused.
   *
   * @param failure its answer, or why there was none; null when it found nothing wrong
   */
  record Probed(Moment at, long attempt, @Nullable Failure failure) implements Event {}

  /**
   * The provisioning service answered, or the provisioner gave up.
   *
   * @param attempt the number of the question
   */
  record Provisioned(Moment at, long attempt, ProvisioningResult result) implements Event {}

  /**
   * A provisioner appeared, was exchanged or went away. A question that is under way is asked again
   * if there is still somebody to ask.
   *
   * @param cached the assignment it remembers, null when none
   */
  record ProvisionerChanged(Moment at, boolean present, @Nullable Assignment cached)
      implements Event {}

  /** Another policy, other parameters of it, or other numbers in the settings. */
  record PolicyChanged(Moment at) implements Event {}

  /**
   * Another identity, hub or transport: what is known of the old one no longer counts.
   *
   * @param cached the assignment that the provisioner remembers, null when none
   */
  record TargetChanged(Moment at, @Nullable Assignment cached) implements Event {}

  /** News that may cut a wait short. */
  record Hinted(Moment at, Hint hint) implements Event {}

  /**
   * An operator wants a fresh connection.
   *
   * @param spreadMillis reconnect at a random moment within this time, since a job sends it to the
   *     whole fleet; 0 for at once
   */
  record ReconnectRequested(Moment at, long spreadMillis) implements Event {}

  /** An operator wants the device registered anew, at a random moment within this time. */
  record ReprovisionRequested(Moment at, long spreadMillis) implements Event {}
}
