/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Chance.longer;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The policy to use unless there is a reason for another: a first attempt nearly at once, if wanted
 * some quick ones, then exponential back-off with jitter that also holds at the cap. A fleet that
 * knows its size spreads its first attempts over the time that the hub needs to accept them.
 *
 * @param firstDelay the first attempt comes after {@code U(0, firstDelay)}; zero for at once
 * @param quickAttempts how many attempts follow it before the exponential phase; 0 for none
 * @param quickInterval the delay before each of those, with equal jitter
 * @param backoff the exponential phase
 * @param unansweredPercent as long as nobody answers no delay of that phase is longer than this
 *     share of {@link RetryRequest#elapsed}, or its base; 0 for no such limit
 * @param initialSpread the first attempt after the server closed a connection comes after {@code
 *     U(0, initialSpread)}, less the time that the loss went unnoticed; zero for no spread
 * @param rules what all policies share
 */
public record ExponentialBackoff(
    Duration firstDelay,
    int quickAttempts,
    Duration quickInterval,
    Backoff backoff,
    int unansweredPercent,
    Duration initialSpread,
    CommonRules rules)
    implements RetryPolicy {

  /**
   * First {@code U(0, 0.5 s)}, then equal jitter from 2 to 120 s, without end, while nobody answers
   * 12 % of the outage at most; no quick attempts and no spread, because the size of the fleet is
   * not known.
   *
   * <p>Why these numbers, in a simulation of 100 000 devices that all lose a hub which accepts 100
   * a second, so 1 000 s at best:
   *
   * <ul>
   *   <li>Cap 120 s: all are back after 1.09 x that time when refusing costs the hub nothing, 1.10
   *       x when a refusal costs it 1 % of an accepted connection. Below 2 x 1 % x 1 000 s = 20 s
   *       the refusals alone would keep it busy for ever; with 300 s the last sleepers make it 1.22
   *       x.
   *   <li>Equal, not full jitter: 11.7 instead of 14.2 attempts a device and, at 2 %, 1.19 instead
   *       of 1.28 x.
   *   <li>12 % while nobody answers: after outages of 5 to 60 s a gateway alone is back in 1.3 s
   *       (median of 200, at most 6.1 s), where growing delays alone take 11.7 s (at most 61 s) and
   *       the Java SDK 4.6 s (at most 10.5 s). A fleet pays with 59 attempts a device instead of 18
   *       in an outage of 10 minutes, all but a few on a hub that is not there; once it answers,
   *       all have failed so often that they wait 60 to 120 s.
   *   <li>First 0.5 s: when a hub merely restarts, a gateway alone is back within 1.5 s. 500
   *       gateways are back within 7 s, of which 5 s are the hub's; within 12 s where the hub says
   *       that it throttles, which is then respected.
   * </ul>
   */
  public static final ExponentialBackoff DEFAULT =
      new ExponentialBackoff(
          Duration.ofMillis(500),
          0,
          Duration.ofSeconds(6),
          new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(120), Jitter.EQUAL),
          12,
          Duration.ZERO,
          CommonRules.DEFAULT);

  /**
   * A little over 1, so that first attempts arrive more slowly than the hub accepts and nearly all
   * succeed: 1.1 costs a tenth of the time and saves ten attempts a device.
   */
  private static final double SPREAD_MARGIN = 1.1;

  /**
   * How a lost connection ends when it was the server's doing, for many devices at once. Not here:
   * a silent loss, which a keep-alive notices over minutes, so that the fleet is spread already;
   * what concerns one gateway only, such as its network, its token or a second client.
   */
  private static final Set<FailureKind> CLOSED_BY_SERVER =
      EnumSet.of(
          FailureKind.CONNECTION_CLOSED,
          FailureKind.SERVER_UNAVAILABLE,
          FailureKind.SERVICE_MAINTENANCE,
          FailureKind.HUB_FAILING_OVER,
          FailureKind.THROTTLED,
          FailureKind.SERVER_ERROR);

  /**
   * The spread that a fleet needs: 1.1 N / C.
   *
   * @param fleetSize N, how many devices one hub serves; 0 for unknown, which gives no spread
   * @param hubConnectionsPerSecond C, how many new connections a second the hub accepts; more than
   *     0. "IoT Hub quotas and throttling": for S1 100, or 12 a unit if that is more; for S2 120 a
   *     unit; for S3 6 000 a unit
   */
  public static Duration initialSpread(int fleetSize, double hubConnectionsPerSecond) {
    return Duration.ofMillis(
        Math.round(SPREAD_MARGIN * 1_000 * fleetSize / hubConnectionsPerSecond));
  }

  /** The same policy with another spread. */
  public ExponentialBackoff withInitialSpread(Duration spread) {
    return new ExponentialBackoff(
        firstDelay, quickAttempts, quickInterval, backoff, unansweredPercent, spread, rules);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return rules.apply(request, delay(request, random), random);
  }

  private Duration delay(RetryRequest request, RandomGenerator random) {
    if (request.failures() == 1) {
      return first(request, random);
    }
    int exponential = request.failures() - 1 - quickAttempts;
    return exponential < 1
        ? Chance.shortened(quickInterval, 50, random)
        : patient(request).delay(exponential, request.previousDelay(), random);
  }

  /** Where nobody answers, an attempt costs nobody anything, and waiting long helps nobody. */
  private Backoff patient(RetryRequest request) {
    return unansweredPercent == 0 || !request.failure().unanswered()
        ? backoff
        : backoff.cappedAt(request.elapsed().dividedBy(100).multipliedBy(unansweredPercent));
  }

  private Duration first(RetryRequest request, RandomGenerator random) {
    if (initialSpread.isZero() || !closedByServer(request)) {
      return Chance.between(Duration.ZERO, firstDelay, random);
    }
    Duration slot = Chance.between(Duration.ZERO, initialSpread, random);
    return longer(Chance.between(Duration.ZERO, firstDelay, random), slot.minus(request.quiet()));
  }

  private static boolean closedByServer(RetryRequest request) {
    return request.connectionLost() && CLOSED_BY_SERVER.contains(request.failure().kind());
  }
}
