/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static java.time.Duration.ZERO;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;

/** Requests as a connection would make them. */
final class Requests {

  private Requests() {}

  /** The n-th attempt in a row was refused. */
  static RetryRequest failed(int failures) {
    return failed(failures, ZERO, ZERO);
  }

  static RetryRequest failed(int failures, Duration elapsed, Duration previousDelay) {
    return request(failures, elapsed, previousDelay, failure(FailureKind.REFUSED));
  }

  /** Nobody answered the n-th attempt in a row. */
  static RetryRequest unanswered(int failures, Duration elapsed) {
    return request(failures, elapsed, ZERO, failure(FailureKind.CONNECTION_REFUSED));
  }

  /** The n-th attempt in a row was answered "too many requests". */
  static RetryRequest throttled(int failures) {
    return request(failures, ZERO, ZERO, failure(FailureKind.THROTTLED));
  }

  /** The server asked to stay away for a while. */
  static RetryRequest asked(int failures, Duration retryAfter) {
    return request(
        failures, ZERO, ZERO, new Failure(FailureKind.SERVER_ERROR, "", 503, 0, retryAfter));
  }

  /** An established connection ended. */
  static RetryRequest lost(FailureKind kind, Duration quiet) {
    return new RetryRequest(1, ZERO, ZERO, true, quiet, failure(kind));
  }

  static RetryRequest request(
      int failures, Duration elapsed, Duration previousDelay, Failure failure) {
    return new RetryRequest(failures, elapsed, previousDelay, false, ZERO, failure);
  }

  private static Failure failure(FailureKind kind) {
    return Failure.of(kind, "");
  }
}
