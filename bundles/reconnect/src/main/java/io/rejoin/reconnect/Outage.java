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
import org.jspecify.annotations.Nullable;

/**
 * A row of failures that no stable connection has interrupted. Times are monotonic milliseconds.
 *
 * @param failures how many; 0 when there is no outage
 * @param firstAt the first of them
 * @param lastAt the last of them, or the moment of the answer that explains it
 * @param delayFrom what the delay after it is counted from: the start of the failed attempt, so
 *     that its duration is part of the delay, or the moment of the loss
 * @param previousDelayMillis the delay before the last attempt
 * @param seed the chance of the last failure, drawn once, so that a delay that is computed again
 *     under the same policy comes out the same
 * @param lost whether the last failure ended an established session
 * @param quietMillis for such a loss, the time since the server's last sign of life
 * @param parked how many failures in a row, up to the last one, needed a person
 * @param gaveUp why the policy gave up, empty when it did not
 * @param reported the last failure, as the attempt saw it
 * @param answer what the hub said about it over HTTPS, null when it was not asked
 * @param believed whether the answer is the reason of the failure
 * @param lasting whether it is taken for the reason of further refusals too
 */
public record Outage(
    int failures,
    long firstAt,
    long lastAt,
    long delayFrom,
    long previousDelayMillis,
    int seed,
    boolean lost,
    long quietMillis,
    int parked,
    String gaveUp,
    Failure reported,
    @Nullable Failure answer,
    boolean believed,
    boolean lasting) {

  static final Outage NONE =
      new Outage(
          0,
          0,
          0,
          0,
          0,
          0,
          false,
          0,
          0,
          "",
          Failure.of(FailureKind.UNKNOWN, ""),
          null,
          false,
          false);

  /** The hub's answer over HTTPS that explains nothing. */
  static final Failure NOTHING_WRONG = Failure.of(FailureKind.UNKNOWN, "nothing is wrong");

  boolean isNone() {
    return failures == 0;
  }

  /** The last failure, explained as well as it can be. */
  Failure failure() {
    return believed && answer != null ? answer : reported;
  }

  Outage attemptFailed(long at, long startedAt, long delayMillis, int newSeed, Failure failure) {
    return next(at, startedAt, delayMillis, newSeed, false, 0, failure);
  }

  Outage sessionLost(long at, long newQuietMillis, int newSeed, Failure failure) {
    return next(at, at, 0, newSeed, true, Math.max(0, newQuietMillis), failure);
  }

  private Outage next(
      long at,
      long from,
      long delayMillis,
      int newSeed,
      boolean newLost,
      long newQuietMillis,
      Failure failure) {
    int count = Times.next(failures);
    long began = isNone() ? at : firstAt;
    return new Outage(
        count,
        began,
        at,
        from,
        delayMillis,
        newSeed,
        newLost,
        newQuietMillis,
        parked,
        "",
        failure,
        null,
        false,
        false);
  }

  /** The same failure, with what the hub says about it over HTTPS. */
  Outage answered(Failure newAnswer, boolean newBelieved, long at) {
    return new Outage(
        failures,
        firstAt,
        at,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        parked,
        gaveUp,
        reported,
        newAnswer,
        newBelieved,
        newBelieved);
  }

  /**
   * The same failure, which the provisioning service could not cure. The pause that the hub asked
   * for goes on; that of the service is none of the hub's.
   */
  Outage unhelped(Failure why, long at) {
    long left = notBefore() - at;
    Failure before = failure();
    return new Outage(
        failures,
        firstAt,
        at,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        parked,
        gaveUp,
        asking(before, left > 0 ? Duration.ofMillis(left) : null),
        asking(why, null),
        true,
        false);
  }

  private static Failure asking(Failure failure, @Nullable Duration retryAfter) {
    return new Failure(
        failure.kind(), failure.detail(), failure.httpStatus(), failure.subCode(), retryAfter);
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
        reported,
        answer,
        believed,
        lasting);
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
        reported,
        answer,
        believed,
        lasting);
  }

  /**
   * What the hub said about the last refusal, if it may be the reason of the next one too: it is
   * not asked each time. The pause that it asked for is over.
   */
  @Nullable Failure knownReason() {
    return lasting && answer != null ? asking(answer, null) : null;
  }

  /**
   * Something happened that may have cured it: what was found out does not outlive this failure.
   */
  Outage reasonGone() {
    return new Outage(
        failures,
        firstAt,
        lastAt,
        delayFrom,
        previousDelayMillis,
        seed,
        lost,
        quietMillis,
        0,
        gaveUp,
        reported,
        answer,
        believed,
        false);
  }

  /** The moment before which the server asked not to come back, also where it is not believed. */
  long notBefore() {
    long asked = pauseAfter(reported);
    return answer == null ? asked : Math.max(asked, pauseAfter(answer));
  }

  private long pauseAfter(Failure told) {
    Duration asked = told.retryAfter();
    return asked == null ? lastAt : Times.plus(lastAt, asked);
  }

  RetryRequest request() {
    return new RetryRequest(
        failures,
        Duration.ofMillis(lastAt - firstAt),
        Duration.ofMillis(previousDelayMillis),
        lost,
        Duration.ofMillis(quietMillis),
        failure());
  }
}
