/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;

/**
 * A row of failures that no stable connection has interrupted. Times are monotonic milliseconds.
 *
 * @param failures how many; 0 when there is no outage
 * @param firstAt the first of them
 * @param lastAt the last of them
 * @param delayFrom what the delay after it is counted from: the start of the failed attempt, so
 *     that its duration is part of the delay, or the moment of the loss
 * @param previousDelayMillis the delay before the last attempt
 * @param seed the chance of the last failure, drawn once, so that a delay that is computed again
 *     under the same policy comes out the same
 * @param lost whether the last failure ended an established session
 * @param quietMillis for such a loss, the time since the server's last sign of life
 * @param parked how many failures in a row, up to the last one, needed a person
 * @param gaveUp why the policy gave up, empty when it did not
 * @param failure the last failure
 */
record Outage(
    int failures,
    long firstAt,
    long lastAt,
    long delayFrom,
    long previousDelayMillis,
    long seed,
    boolean lost,
    long quietMillis,
    int parked,
    String gaveUp,
    Failure failure) {

  static final Outage NONE =
      new Outage(0, 0, 0, 0, 0, 0, false, 0, 0, "", Failure.of(FailureKind.UNKNOWN, ""));

  boolean isNone() {
    return failures == 0;
  }

  Outage attemptFailed(
      long at, long startedAt, long delayMillis, long newSeed, Failure newFailure) {
    return next(at, startedAt, delayMillis, newSeed, false, 0, newFailure);
  }

  Outage sessionLost(long at, long newQuietMillis, long newSeed, Failure newFailure) {
    return next(at, at, 0, newSeed, true, newQuietMillis, newFailure);
  }

  private Outage next(
      long at,
      long from,
      long delayMillis,
      long newSeed,
      boolean newLost,
      long newQuietMillis,
      Failure newFailure) {
    int count = failures == Integer.MAX_VALUE ? failures : failures + 1;
    return new Outage(
        count,
        isNone() ? at : firstAt,
        at,
        from,
        delayMillis,
        newSeed,
        newLost,
        newQuietMillis,
        parked,
        "",
        newFailure);
  }

  /** The same failure, explained better. */
  Outage explained(Failure better) {
    return new Outage(
        failures,
        firstAt,
        lastAt,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        parked,
        gaveUp,
        better);
  }

  Outage withParked(int newParked) {
    return new Outage(
        failures,
        firstAt,
        lastAt,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        newParked,
        gaveUp,
        failure);
  }

  Outage withGaveUp(String why) {
    return new Outage(
        failures,
        firstAt,
        lastAt,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        parked,
        why,
        failure);
  }

  /** The moment before which the server asked not to come back. */
  long notBefore() {
    Duration retryAfter = failure.retryAfter();
    return retryAfter == null ? lastAt : Times.plus(lastAt, retryAfter);
  }

  RetryRequest request() {
    return new RetryRequest(
        failures,
        Duration.ofMillis(lastAt - firstAt),
        Duration.ofMillis(previousDelayMillis),
        lost,
        Duration.ofMillis(quietMillis),
        failure);
  }
}
