/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must never lead to the provisioning service, driven for a week each: as the failure of each
 * attempt, as the answer behind each refusal, and after ten silent failures had almost led there.
 */
class NeverToDpsTest extends FlowScenario {

  private static final Duration WEEK = Duration.ofDays(7);

  @BeforeEach
  void asShipped() {
    policy = new BuiltInPolicy();
  }

  static Stream<Failure> never() {
    return Stream.of(
        answer(FailureKind.THROTTLED, 429, 429001),
        askingFor(FailureKind.THROTTLED, Duration.ofMinutes(2)),
        Failure.of(FailureKind.SERVER_UNAVAILABLE, "code 3"),
        answer(FailureKind.SERVER_ERROR, 503, 503001),
        answer(FailureKind.QUOTA_EXCEEDED, 403, 403002),
        Failure.of(FailureKind.NETWORK_DOWN, ""),
        Failure.of(FailureKind.NAME_SERVICE_DOWN, ""),
        Failure.of(FailureKind.CAPTIVE_PORTAL, "redirected to login.hotel.example"),
        Failure.of(FailureKind.PROXY_REFUSED, "407"),
        Failure.of(FailureKind.CERTIFICATE_UNTRUSTED, ""),
        Failure.of(FailureKind.CERTIFICATE_NOT_YET_VALID, ""),
        Failure.of(FailureKind.OWN_CERTIFICATE_EXPIRED, ""),
        Failure.of(FailureKind.OWN_CERTIFICATE_NOT_YET_VALID, ""),
        Failure.of(FailureKind.CLOCK_WRONG, ""),
        answer(FailureKind.DUPLICATE_IDENTITY, 400, 400027),
        answer(FailureKind.HUB_FAILING_OVER, 404, 404012),
        answer(FailureKind.SERVICE_MAINTENANCE, 404, 404104),
        answer(FailureKind.DEVICE_DISABLED, 403, 403012),
        answer(FailureKind.HUB_SUSPENDED, 403, 403001),
        Failure.of(FailureKind.MISCONFIGURED, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("never")
  void shouldNotAskBecauseOfIt(Failure failure) {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(WEEK, () -> failure);
    assertEquals(0, diary.questions.size());
    assertTrue(diary.attempts.size() >= 7 * 24 / 2, diary.attempts.size() + " attempts");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("never")
  void shouldNotAskBecauseOfItAfterTenSilentFailures(Failure failure) {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(10, SILENT);
    Diary diary = live(WEEK, () -> failure);
    assertEquals(0, diary.questions.size());
    assertTrue(diary.attempts.size() >= 7 * 24 / 2, diary.attempts.size() + " attempts");
  }

  /** What only a working hub can answer; other failures are those of the probe itself. */
  static Stream<Failure> answers() {
    return Stream.concat(
        never().filter(Failure::provesServerAlive),
        Stream.of(Failure.of(FailureKind.CLOCK_WRONG, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void shouldNotAskWhenItIsTheReasonBehindARefusal(Failure failure) {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(WEEK, refusing(failure));
    assertEquals(0, diary.questions.size());
    assertTrue(diary.probes.size() >= 7 * 24 / 2, diary.probes.size() + " probes");
  }

  @Test
  void shouldNotAskWhileTheHubRefusesAndFindsNothingWrong() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    Diary diary = live(WEEK, refusing(null));
    assertEquals(0, diary.questions.size());
    assertTrue(diary.probes.size() > 7 * 24 * 5, diary.probes.size() + " probes");
  }

  @Test
  void shouldNotAskWhileTwoGatewaysShareAnIdentity() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    long end = now + WEEK.toMillis();
    int sessions = 0;
    while (now < end) {
      thenPhaseIs(Phase.CONNECTING);
      whenAttemptSucceeds();
      whenTimePasses(Duration.ofSeconds(40));
      whenConnectionIsLost();
      while (state.phase() != Phase.CONNECTING) {
        whenTimerElapses();
      }
      sessions++;
    }
    assertEquals(0, state.reprovisioning().counted());
    assertTrue(sessions > 100 && sessions < 7 * 24 * 2, sessions + " sessions");
  }

  @Test
  void shouldAskWhenTheHubIsSilentThroughout() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    assertTrue(live(WEEK, () -> SILENT).registrations() > 0, "the other tests prove nothing");
  }

  private static World refusing(@Nullable Failure reason) {
    return new World() {
      @Override
      public Failure connect() {
        return REFUSED;
      }

      @Override
      public @Nullable Failure probe() {
        return reason;
      }
    };
  }
}
