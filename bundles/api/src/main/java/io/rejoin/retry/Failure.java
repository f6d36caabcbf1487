/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong, classified. Immutable.
 *
 * @param kind what it was
 * @param detail what was seen, for an operator: never a secret, may be empty
 * @param httpStatus the HTTP status it came with, 0 when there was none
 * @param subCode the service's own six-digit code, such as 401003, 0 when unknown
 * @param retryAfter how long the server asked to wait, null when it did not; never negative
 */
public record Failure(
    FailureKind kind, String detail, int httpStatus, int subCode, @Nullable Duration retryAfter) {

  private static final long LEAST_BLUR_MILLIS = 1_000;

  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
    if (retryAfter != null && retryAfter.isNegative()) {
      throw new IllegalArgumentException("retryAfter is negative: " + retryAfter);
    }
  }

  /** A failure that came without any number. */
  public static Failure of(FailureKind kind, String detail) {
    return new Failure(kind, detail, 0, 0, null);
  }

  public Level level() {
    return kind.level();
  }

  /** Whether trying again can succeed without anybody changing something. */
  public boolean recoverable() {
    return kind.recoverable();
  }

  /**
   * Whether only a working server can have given this answer. A 5xx counts when it carries a
   * sub-code: a bare one may come from a proxy in front of a server that is gone.
   */
  public boolean provesServerAlive() {
    return kind.provesServerAlive() || (kind == FailureKind.SERVER_ERROR && subCode != 0);
  }

  /**
   * Whether nothing at all was heard of the server, so that an attempt cost it nothing: there is no
   * network, no name, nobody listening, no answer in time.
   */
  public boolean unanswered() {
    return switch (kind) {
      case NETWORK_DOWN, NAME_SERVICE_DOWN, NAME_NOT_FOUND, CONNECTION_REFUSED, TIMED_OUT -> true;
      default -> false;
    };
  }

  /** Whether the server asked to slow down, so that a policy may use its slower parameters. */
  public boolean throttled() {
    return kind == FailureKind.THROTTLED || kind == FailureKind.SERVER_UNAVAILABLE;
  }

  /**
   * Makes a delay honour {@link #retryAfter()}: what the server asked for is never shortened, and
   * gets {@code U(0, delay)} on top, at least {@code U(0, 1 s)}, because the server tells many
   * devices the same. The rule that the shipped policies share and that a custom policy may use.
   *
   * @param delay what the caller would wait without Retry-After; not negative
   * @param random the source of chance, left alone when the server asked for nothing
   * @return {@code delay} if the server asked for nothing, otherwise no less than either of the two
   */
  public Duration honourRetryAfter(Duration delay, RandomGenerator random) {
    if (retryAfter == null) {
      return delay;
    }
    long blurMillis = Math.max(LEAST_BLUR_MILLIS, delay.toMillis());
    Duration asked = retryAfter.plusMillis((long) (random.nextDouble() * (blurMillis + 1)));
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  /** Kind, numbers and detail in one line, such as "the credential was refused (401003): ...". */
  public String words() {
    int number = subCode != 0 ? subCode : httpStatus;
    String words = number == 0 ? kind.words() : kind.words() + " (" + number + ")";
    return detail.isEmpty() ? words : words + ": " + detail;
  }
}
