/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Requests.failed;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.retry.RetryDecision;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OtherPoliciesTest {

  private static final CommonRules RULES = CommonRules.DEFAULT;

  @Test
  void shouldWaitTheSameEachTimeWithAFixedInterval() {
    FixedInterval policy = new FixedInterval(ofSeconds(60), 0, RULES);

    Draws.of(policy, failed(1)).shouldAllBe(ofSeconds(60));
    Draws.of(policy, failed(Integer.MAX_VALUE)).shouldAllBe(ofSeconds(60));
  }

  @Test
  void shouldShortenAFixedIntervalByItsJitter() {
    Draws.of(new FixedInterval(ofSeconds(60), 20, RULES), failed(3))
        .shouldBeUniformBetween(ofSeconds(48), ofSeconds(60));
    Draws.of(new FixedInterval(ofSeconds(60), 100, RULES), failed(3))
        .shouldBeUniformBetween(ZERO, ofSeconds(60));
  }

  @Test
  void shouldGrowByTheIncrementUpToTheCap() {
    IncrementalBackoff policy =
        new IncrementalBackoff(ofSeconds(5), ofSeconds(10), ofSeconds(31), 0, RULES);

    Draws.of(policy, failed(1)).shouldAllBe(ofSeconds(5));
    Draws.of(policy, failed(2)).shouldAllBe(ofSeconds(15));
    Draws.of(policy, failed(3)).shouldAllBe(ofSeconds(25));
    Draws.of(policy, failed(4)).shouldAllBe(ofSeconds(31));
    Draws.of(policy, failed(Integer.MAX_VALUE)).shouldAllBe(ofSeconds(31));
  }

  @Test
  void shouldNotOverflowWithTheLargestIncrement() {
    IncrementalBackoff policy =
        new IncrementalBackoff(ofSeconds(86_400), ofSeconds(86_400), ofSeconds(86_400), 0, RULES);

    Draws.of(policy, failed(Integer.MAX_VALUE)).shouldAllBe(ofSeconds(86_400));
  }

  @Test
  void shouldKeepTheJitterOfIncrementalBackoffAtTheCap() {
    IncrementalBackoff policy =
        new IncrementalBackoff(ofSeconds(5), ofSeconds(5), ofSeconds(120), 50, RULES);

    Draws.of(policy, failed(2)).shouldBeUniformBetween(ofSeconds(5), ofSeconds(10));
    Draws.of(policy, failed(500)).shouldBeUniformBetween(ofSeconds(60), ofSeconds(120));
  }

  @Test
  void shouldDrawARandomIntervalBetweenItsEnds() {
    RandomInterval policy = new RandomInterval(ofSeconds(10), ofSeconds(40), RULES);

    Draws.of(policy, failed(1)).shouldBeUniformBetween(ofSeconds(10), ofSeconds(40));
    Draws.of(policy, failed(Integer.MAX_VALUE))
        .shouldBeUniformBetween(ofSeconds(10), ofSeconds(40));
  }

  @Test
  void shouldAllowARandomIntervalWithoutWidth() {
    Draws.of(new RandomInterval(ofMillis(7), ofMillis(7), RULES), failed(1))
        .shouldAllBe(ofMillis(7));
  }

  @Test
  void shouldNeverTryAgainWithNoRetry() {
    RetryDecision decision =
        new NoRetry("commissioning, line 3").decide(failed(1), new SplittableRandom(1));

    assertEquals(RetryDecision.stop("commissioning, line 3"), decision);
  }
}
