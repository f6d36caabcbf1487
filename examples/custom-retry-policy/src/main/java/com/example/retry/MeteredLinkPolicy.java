/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package com.example.retry;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.Level;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * For a satellite or SIM link that is paid by volume. While the link itself is down an attempt
 * costs nothing, so it tries often; once the server answers, each attempt costs a TLS handshake of
 * some kilobytes, so it backs off.
 *
 * @param linkDown the delay while there is no way to the server, with equal jitter
 * @param answered the back-off once the server answers, only not with a connection
 */
record MeteredLinkPolicy(Duration linkDown, Backoff answered) implements RetryPolicy {

  private static final Duration SHORTEST_ANSWERED = Duration.ofSeconds(60);

  static final MeteredLinkPolicy DEFAULT = of(30, 3_600);

  static MeteredLinkPolicy of(int linkDownSeconds, int longestSeconds) {
    return new MeteredLinkPolicy(
        Duration.ofSeconds(linkDownSeconds),
        new Backoff(SHORTEST_ANSWERED, 2, Duration.ofSeconds(longestSeconds), Jitter.EQUAL));
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    Duration delay =
        request.failure().level() == Level.NETWORK
            ? linkDown.dividedBy(2).plusMillis(random.nextLong(linkDown.toMillis() / 2 + 1))
            : answered.delay(request.failures(), request.previousDelay(), random);
    return RetryDecision.after(request.failure().honourRetryAfter(delay, random));
  }
}
