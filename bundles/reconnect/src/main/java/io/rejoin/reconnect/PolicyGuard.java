/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Contains a policy that throws or answers nonsense: the built-in one decides in its place, and the
 * fault is reported once in the guard's life.
 */
public final class PolicyGuard implements RetryPolicy {

  private static final Duration MAX_DELAY = Duration.ofHours(MAX_DELAY_HOURS);
  private static final RetryPolicy BUILT_IN = new BuiltInPolicy();

  private final RetryPolicy guarded;
  private final Consumer<String> report;
  private boolean reported;

  /**
   * @param guarded the policy to contain
   * @param report told what it did wrong, in words; called on the thread that asks for a decision
   */
  public PolicyGuard(RetryPolicy guarded, Consumer<String> report) {
    this.guarded = guarded;
    this.report = report;
  }

  @Override
  @SuppressWarnings({"CatchAndPrintStackTrace", "ConstantValue"})
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    RetryDecision decision;
    try {
      decision = guarded.decide(request, random);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return instead("threw " + e, request, random);
    }
    // Not null by its contract; the guard is there for those who break it.
    if ((Object) decision == null) {
      return instead("answered null", request, random);
    }
    if (decision.delay().isNegative()) {
      return instead("answered a negative delay, " + decision.delay(), request, random);
    }
    Duration longest = longest(request);
    return decision.delay().compareTo(longest) > 0
        ? instead(
            "answered a delay of " + decision.delay() + ", at most " + longest + " are accepted",
            request,
            random)
        : decision;
  }

  private static Duration longest(RetryRequest request) {
    Duration retryAfter = request.failure().retryAfter();
    return retryAfter == null
        ? MAX_DELAY
        : Duration.ofMillis(Times.plus(Times.millis(retryAfter), MAX_DELAY));
  }

  private RetryDecision instead(String fault, RetryRequest request, RandomGenerator random) {
    if (!reported) {
      reported = true;
      report.accept(fault);
    }
    return BUILT_IN.decide(request, random);
  }
}
