/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Requests.asked;
import static io.rejoin.retry.policies.Requests.failed;
import static io.rejoin.retry.policies.Requests.throttled;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The rules that hold for every policy, tried on every policy. */
class CommonRulesTest {

  private static final long DAY_MILLIS = 86_400_000;
  private static final Duration LONGEST_ASKED = ofSeconds(3_600);

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverAnswerANegativeOrAbsurdDelay(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("requests") RetryRequest request,
      @ForAll long seed) {
    RetryDecision decision = policy.decide(request, new SplittableRandom(seed));

    Duration longest = ofMillis(2 * DAY_MILLIS).plus(LONGEST_ASKED);
    assertTrue(!decision.delay().isNegative(), decision::toString);
    assertTrue(decision.delay().compareTo(longest) <= 0, decision::toString);
    assertEquals(decision.retry(), decision.reason().isEmpty(), decision::toString);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void shouldAnswerTheSameToTheSameRandomNumbers(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("requests") RetryRequest request,
      @ForAll long seed) {
    assertEquals(
        policy.decide(request, new SplittableRandom(seed)),
        policy.decide(request, new SplittableRandom(seed)));
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverShortenRetryAfter(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("requests") RetryRequest request,
      @ForAll long seed) {
    Duration asked = request.failure().retryAfter();
    RetryDecision decision = policy.decide(request, new SplittableRandom(seed));

    assertTrue(
        asked == null || !decision.retry() || decision.delay().compareTo(asked) >= 0,
        () -> decision.delay() + " is before " + asked);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void shouldNeverBeQuickerThanTheThrottledDelay(
      @ForAll("rules") CommonRules rules,
      @ForAll("requests") RetryRequest request,
      @ForAll long seed) {
    RetryPolicy policy = new FixedInterval(ZERO, 0, rules);
    RetryDecision decision = policy.decide(request, new SplittableRandom(seed));
    long least =
        new Backoff(ofSeconds(10), 2, ofSeconds(120), Jitter.NONE)
                .delay(request.failures() - 1, ZERO, new SplittableRandom(1))
                .toMillis()
            / 2;

    assertTrue(
        !request.failure().throttled() || !decision.retry() || decision.delay().toMillis() >= least,
        decision::toString);
  }

  @Test
  void shouldLeaveAPolicysOwnDelayAloneOtherwise() {
    Draws.of(new FixedInterval(ofSeconds(7), 0, CommonRules.DEFAULT), failed(30))
        .shouldAllBe(ofSeconds(7));
  }

  @Test
  void shouldUseTheThrottledDelayWhereItIsTheLongerOne() {
    RetryPolicy policy = new FixedInterval(ofSeconds(7), 0, CommonRules.DEFAULT);

    Draws.of(policy, throttled(3)).shouldBeUniformBetween(ofSeconds(10), ofSeconds(20));
    Draws.of(policy, throttled(Integer.MAX_VALUE))
        .shouldBeUniformBetween(ofSeconds(60), ofSeconds(120));
  }

  @Test
  void shouldKeepAPolicysOwnDelayWhereThatIsTheLongerOne() {
    Draws.of(new FixedInterval(ofSeconds(600), 0, CommonRules.DEFAULT), throttled(1))
        .shouldAllBe(ofSeconds(600));
  }

  @Test
  void shouldPutJitterOnTopOfRetryAfter() {
    Draws.of(new FixedInterval(ofSeconds(20), 0, CommonRules.DEFAULT), asked(1, ofSeconds(30)))
        .shouldBeUniformBetween(ofSeconds(30), ofSeconds(50));
  }

  @Test
  void shouldAllowAsManyAttemptsAsConfigured() {
    RetryPolicy policy = limited(3, ZERO);

    Draws.of(policy, failed(1)).shouldAllBe(ofSeconds(7));
    Draws.of(policy, failed(3)).shouldAllBe(ofSeconds(7));
    assertEquals(RetryDecision.stop("3 attempts used up"), decide(policy, failed(4)));
    assertEquals(
        RetryDecision.stop("3 attempts used up"), decide(policy, failed(Integer.MAX_VALUE)));
  }

  @Test
  void shouldGiveUpWhenTheTimeIsOver() {
    RetryPolicy policy = limited(0, ofSeconds(240));

    Draws.of(policy, failed(9, ofSeconds(240).minusMillis(1), ZERO)).shouldAllBe(ofSeconds(7));
    RetryDecision over = RetryDecision.stop("no connection within 240 s");
    assertEquals(over, decide(policy, failed(9, ofSeconds(240), ZERO)));
    assertEquals(over, decide(policy, failed(9, ofSeconds(9_999), ZERO)));
  }

  @Test
  void shouldNeverGiveUpWithoutLimits() {
    Draws.of(limited(0, ZERO), failed(Integer.MAX_VALUE, ofSeconds(Integer.MAX_VALUE), ZERO))
        .shouldAllBe(ofSeconds(7));
  }

  @Provide
  Arbitrary<CommonRules> rules() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 20), millis().map(Duration::ofMillis))
        .as(
            (attempts, elapsed) ->
                new CommonRules(
                    CommonRules.DEFAULT.whenThrottled(), new Limits(attempts, elapsed)));
  }

  @Provide
  Arbitrary<RetryPolicy> policies() {
    return rules().flatMap(CommonRulesTest::policiesWith);
  }

  private static Arbitrary<RetryPolicy> policiesWith(CommonRules rules) {
    Arbitrary<Integer> percent = Arbitraries.integers().between(0, 100);
    return Arbitraries.oneOf(
        Combinators.combine(millis(), Arbitraries.integers().between(0, 9), backoffs(), millis())
            .as(
                (first, quick, backoff, spread) ->
                    new ExponentialBackoff(
                        ofMillis(first),
                        quick,
                        ofSeconds(6),
                        backoff,
                        12,
                        ofMillis(spread),
                        rules)),
        Combinators.combine(millis(), percent)
            .as((interval, jitter) -> new FixedInterval(ofMillis(interval), jitter, rules)),
        Combinators.combine(millis(), millis(), percent)
            .as(
                (initial, step, jitter) ->
                    new IncrementalBackoff(
                        ofMillis(initial), ofMillis(step), ofMillis(DAY_MILLIS), jitter, rules)),
        Combinators.combine(millis(), millis())
            .as(
                (one, other) ->
                    new RandomInterval(
                        ofMillis(Math.min(one, other)), ofMillis(Math.max(one, other)), rules)),
        Combinators.combine(millis(), Arbitraries.integers().between(1, 1_000))
            .as(
                (min, delta) ->
                    new AzureSdkCompatible(
                        min.intValue(), (int) DAY_MILLIS, delta, delta % 2 == 0, rules.limits())),
        Arbitraries.just(new NoRetry("no")));
  }

  private static Arbitrary<Backoff> backoffs() {
    return Combinators.combine(
            Arbitraries.longs().between(1, DAY_MILLIS),
            Arbitraries.doubles().between(1, 10),
            Arbitraries.of(Jitter.class))
        .as(
            (base, factor, jitter) ->
                new Backoff(ofMillis(base), factor, ofMillis(DAY_MILLIS), jitter));
  }

  @Provide
  Arbitrary<RetryRequest> requests() {
    Arbitrary<Failure> failures =
        Combinators.combine(
                Arbitraries.of(FailureKind.class),
                Arbitraries.longs().between(0, LONGEST_ASKED.toMillis()).injectNull(0.5))
            .as(
                (kind, asked) ->
                    new Failure(kind, "", 0, 0, asked == null ? null : ofMillis(asked)));
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.of(1, 2, Integer.MAX_VALUE),
                Arbitraries.integers().between(1, 30),
                Arbitraries.integers().between(1, Integer.MAX_VALUE)),
            millis(),
            millis(),
            Arbitraries.of(true, false),
            millis(),
            failures)
        .as(
            (n, elapsed, previous, lost, quiet, failure) ->
                new RetryRequest(
                    n, ofMillis(elapsed), ofMillis(previous), lost, ofMillis(quiet), failure));
  }

  private static Arbitrary<Long> millis() {
    return Arbitraries.oneOf(
        Arbitraries.of(0L, DAY_MILLIS), Arbitraries.longs().between(0, DAY_MILLIS));
  }

  private static FixedInterval limited(int maxAttempts, Duration maxElapsed) {
    return new FixedInterval(
        ofSeconds(7),
        0,
        new CommonRules(CommonRules.DEFAULT.whenThrottled(), new Limits(maxAttempts, maxElapsed)));
  }

  private static RetryDecision decide(RetryPolicy policy, RetryRequest request) {
    return policy.decide(request, new SplittableRandom(1));
  }
}
