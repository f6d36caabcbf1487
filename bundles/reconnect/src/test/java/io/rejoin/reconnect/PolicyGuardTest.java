/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A policy that throws or answers nonsense is contained, and told once. */
class PolicyGuardTest {

  private final List<String> reports = new ArrayList<>();

  @Test
  void shouldPassOnWhatIsSensible() {
    RetryDecision retry = RetryDecision.after(Duration.ofDays(7));
    RetryDecision atOnce = RetryDecision.after(Duration.ZERO);
    RetryDecision stop = RetryDecision.stop("enough");
    assertSame(retry, guarded((request, random) -> retry));
    assertSame(atOnce, guarded((request, random) -> atOnce));
    assertSame(stop, guarded((request, random) -> stop));
    assertEquals(List.of(), reports);
  }

  @Test
  void shouldContainOneThatThrows() {
    thenBuiltInDecidesInsteadOf(
        (request, random) -> {
          throw new IllegalStateException("boom");
        },
        "threw java.lang.IllegalStateException: boom");
  }

  @Test
  void shouldContainOneWhoseClassesAreGone() {
    thenBuiltInDecidesInsteadOf(
        (request, random) -> {
          throw new NoClassDefFoundError("org/acme/Policy");
        },
        "threw java.lang.NoClassDefFoundError: org/acme/Policy");
  }

  @Test
  void shouldContainOneThatRecursesForEver() {
    thenBuiltInDecidesInsteadOf(new Recursing(), "threw java.lang.StackOverflowError");
  }

  @Test
  @SuppressWarnings("NullAway")
  void shouldContainOneThatAnswersNothing() {
    thenBuiltInDecidesInsteadOf((request, random) -> null, "answered null");
  }

  @Test
  void shouldContainANegativeDelay() {
    thenBuiltInDecidesInsteadOf(
        (request, random) -> RetryDecision.after(Duration.ofMillis(-1)),
        "answered a negative delay, PT-0.001S");
  }

  @Test
  void shouldContainAnAbsurdlyLongDelay() {
    thenBuiltInDecidesInsteadOf(
        (request, random) -> RetryDecision.after(Duration.ofDays(7).plusMillis(1)),
        "answered a delay of PT168H0.001S, at most PT168H are accepted");
    thenBuiltInDecidesInsteadOf(
        (request, random) -> RetryDecision.after(Duration.ofSeconds(Long.MAX_VALUE)),
        "answered a delay of PT2562047788015215H30M7S, at most PT168H are accepted");
  }

  @Test
  void shouldAcceptALongDelayThatTheServerAskedFor() {
    Duration asked = Duration.ofDays(30);
    Failure failure = new Failure(FailureKind.THROTTLED, "", 429, 0, asked);
    RetryDecision decision =
        new PolicyGuard((request, random) -> RetryDecision.after(asked.plusHours(3)), reports::add)
            .decide(request(failure), new SplittableRandom(1));
    assertEquals(asked.plusHours(3), decision.delay());
    assertEquals(List.of(), reports);
  }

  @Test
  void shouldReportOnceInItsLife() {
    PolicyGuard guard =
        new PolicyGuard(
            (request, random) -> {
              throw new IllegalStateException("boom");
            },
            reports::add);
    for (int i = 0; i < 5; i++) {
      assertTrue(guard.decide(request(FlowScenario.SILENT), new SplittableRandom(1)).retry());
    }
    assertEquals(1, reports.size());
  }

  private RetryDecision guarded(RetryPolicy policy) {
    return new PolicyGuard(policy, reports::add)
        .decide(request(FlowScenario.SILENT), new SplittableRandom(1));
  }

  private void thenBuiltInDecidesInsteadOf(RetryPolicy policy, String report) {
    reports.clear();
    RetryDecision decision = guarded(policy);
    assertEquals(List.of(report), reports);
    assertEquals(
        new BuiltInPolicy().decide(request(FlowScenario.SILENT), new SplittableRandom(1)),
        decision);
    assertFalse(decision.delay().isNegative());
  }

  private static RetryRequest request(Failure failure) {
    return new RetryRequest(3, Duration.ZERO, Duration.ZERO, false, Duration.ZERO, failure);
  }

  private static final class Recursing implements RetryPolicy {
    @Override
    @SuppressWarnings("InfiniteRecursion")
    public RetryDecision decide(RetryRequest request, RandomGenerator random) {
      return decide(request, random);
    }
  }
}
