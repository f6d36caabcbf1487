/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads. */
class ExplanationTest extends FlowScenario {

  private static final Backoff EVERY_MINUTE =
      new Backoff(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), Jitter.NONE);

  @Test
  void shouldSayWhyItIsNotConnected() {
    thenItSays("not connected, since nobody asked for it");
    thenNextAttemptIs("none planned");
    whenConnectIsRequested();
    thenItSays("connecting");
    thenNextAttemptIs("under way");
    whenAttemptSucceeds();
    thenItSays("connected");
    thenNextAttemptIs("none planned");
    whenConnectionIsLost(Failure.of(FailureKind.CONNECTION_SILENT, "no PINGRESP for 90 s"));
    thenItSays(
        "connection lost: the connection went silent: no PINGRESP for 90 s; next attempt in 10 s");
    thenNextAttemptIs("in 10 s");
  }

  @Test
  void shouldTellARefusalAndWhatTheProbeSaid() {
    policy = fixed(34);
    givenSlotAfter(Duration.ofMinutes(22));
    whenConnectIsRequested();
    whenAttemptsFail(6, SILENT);
    whenAttemptsFail(1, REFUSED);
    thenItSays(
        "attempt 7 failed: the hub refused without a reason: code 5; asking the hub over HTTPS why");
    thenNextAttemptIs("under way");
    whenProbeAnswers(new Failure(FailureKind.UNAUTHORIZED, "token expired", 401, 401003, null));
    thenItSays(
        "attempt 7 failed: the hub refused without a reason: code 5, HTTPS probe is no help: the"
            + " credential was refused (401003): token expired; next attempt in 34 s; DPS not due:"
            + " 7 of 10 failures, 3 min of 22 min");
  }

  @Test
  void shouldTellAReasonThatIsBelieved() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(new Failure(FailureKind.THROTTLED, "", 429, 429001, Duration.ofMinutes(3)));
    settings = Settings.recommended().build();
    assertEquals(
        "attempt 1 failed: the hub refused without a reason: code 5, HTTPS probe says: the service"
            + " is throttling (429001); next attempt in",
        explanation().substring(0, explanation().lastIndexOf(" in ") + 3));
  }

  @Test
  void shouldTellThatTheProbeFoundNothingWrong() {
    givenAttemptFailed(REFUSED);
    whenProbeAnswers(null);
    thenItSays(
        "attempt 1 failed: the hub refused without a reason: code 5, HTTPS probe finds nothing"
            + " wrong; next attempt in 10 s");
    whenTimerElapses();
    thenItSays(
        "trying again after: attempt 1 failed: the hub refused without a reason: code 5, HTTPS"
            + " probe finds nothing wrong");
  }

  @Test
  void shouldTellWhyThePolicyGaveUp() {
    policy = givingUpAfter(2);
    whenConnectIsRequested();
    whenAttemptsFail(2, SILENT);
    thenItSays(
        "attempt 2 failed: no answer in time; the retry policy gave up: 2 attempts used up; next"
            + " attempt none planned");
    whenReconnectIsRequested(Duration.ofSeconds(0));
    thenItSays("connecting");
  }

  @Test
  void shouldTellHowFarDpsIs() {
    givenSlotAfter(Duration.ofMinutes(20));
    thenDpsIs("not due");
    whenConnectIsRequested();
    whenAttemptsFail(3, SILENT);
    thenDpsIs("not due: 3 of 10 failures, 20 s of 20 min");
    whenAttemptsFail(7, SILENT);
    thenDpsIs("due in 19 min");
    whenAttemptsFail(1, Failure.of(FailureKind.NETWORK_DOWN, ""));
    thenDpsIs(
        "not due: 10 of 10 failures, 100 s of 20 min, but the last one says nothing about the hub");
    now += Duration.ofMinutes(30).toMillis();
    thenDpsIs("not due: 10 of 10 failures, but the last one says nothing about the hub");
    whenProvisionerGoesAway();
    thenDpsIs("the provisioner is missing");
    whenSettingsBecome(
        Settings.recommended().mode(ProvisioningMode.ON_ERROR_ONLY).provisioned(true));
    whenProvisionerAppears(null);
    thenDpsIs("not due: only when the hub itself sends the device away");
    settings = Settings.recommended().build();
    thenDpsIs("not in use");
  }

  @Test
  void shouldTellThatDpsRests() {
    givenSlotAfter(Duration.ofMinutes(1));
    policy = fixed(600);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    thenItSays("attempt 1 failed: the hub does not know this device (404001); asking DPS");
    whenProvisioningFails(SILENT);
    thenDpsIs("due in 60 s");
    whenTimePasses(Duration.ofSeconds(20));
    whenReconnectIsRequested(Duration.ZERO);
    whenAttemptFails(BUSY);
    thenDpsIs("due in 40 s");
    whenReconnectIsRequested(Duration.ZERO);
    whenAttemptSucceeds();
    thenDpsIs("not due, resting for 40 s");
    now += 40_000;
    thenDpsIs("not due");
  }

  @Test
  void shouldTellWhatDpsSaid() {
    givenSlotAfter(Duration.ofMinutes(1));
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(answer(FailureKind.REGISTRATION_UNKNOWN, 404, 404201));
    thenItSays(
        "attempt 1 failed: the hub does not know this device (404001); DPS says: the provisioning"
            + " service does not know this device (404201); next attempt in 60 s; DPS due in 60 s");
  }

  @Test
  void shouldTellWhatDpsSaidInTheDocumentedProfile() {
    givenProvisioning(Settings.documented().parkedBackoff(EVERY_MINUTE));
    whenProvisionerAppears(HUB_A);
    givenAttemptFailed(REFUSED);
    whenProvisioningFails(answer(FailureKind.REGISTRATION_UNKNOWN, 404, 404201));
    assertEquals(
        "attempt 1 failed: the hub refused without a reason: code 5; DPS says: the provisioning"
            + " service does not know this device (404201); next attempt in 60 s",
        explanation().substring(0, explanation().indexOf("; DPS due")));
  }

  @Test
  void shouldTellWhatItWaitsForWithoutAHub() {
    givenProvisioning(
        Settings.recommended().confirmedSpread(Duration.ZERO).dpsBackoff(EVERY_MINUTE));
    whenConnectIsRequested();
    thenItSays("waiting; next attempt none planned; DPS the provisioner is missing");
    whenProvisionerAppears(null);
    thenItSays("asking DPS");
    thenNextAttemptIs("under way");
    whenProvisioningFails(SILENT);
    thenItSays(
        "DPS attempt 1 failed: no answer in time; next attempt none planned; DPS due in 60 s");
    now += 60_000;
    thenDpsIs("due");
  }

  @Test
  void shouldTellTheWishOfAnOperator() {
    givenSlotAfter(Duration.ofMinutes(1));
    givenConnected();
    whenReprovisionIsRequested();
    whenProvisioningFails(BUSY);
    whenAttemptSucceeds();
    thenItSays("connected; DPS due in 60 s");
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 s",
    "0, 0 s",
    "1, 1 ms",
    "999, 999 ms",
    "1000, 1 s",
    "34400, 34 s",
    "119999, 120 s",
    "120000, 2 min",
    "1320000, 22 min",
    "7199999, 120 min",
    "7200000, 2.0 h",
    "12600000, 3.5 h"
  })
  void shouldWordATimeSpan(long millis, String words) {
    assertEquals(words, Explanation.span(millis));
  }

  private void givenSlotAfter(Duration slot) {
    givenProvisioning(
        Settings.recommended()
            .slot(slot, slot)
            .confirmedSpread(Duration.ofSeconds(5))
            .dpsBackoff(EVERY_MINUTE)
            .parkedBackoff(EVERY_MINUTE));
    whenProvisionerAppears(HUB_A);
  }

  private void thenItSays(String words) {
    assertEquals(words, explanation());
  }

  private void thenNextAttemptIs(String words) {
    assertEquals(words, Explanation.nextAttempt(state, now));
  }

  private void thenDpsIs(String words) {
    assertEquals(words, Explanation.reprovisioning(state, settings, now));
  }
}
