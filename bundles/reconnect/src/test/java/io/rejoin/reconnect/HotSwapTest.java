/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another policy, other parameters, other settings: at once, and nothing is lost. */
class HotSwapTest extends FlowScenario {

  @Test
  void shouldApplyAShorterDelayInTheMiddleOfAWait() {
    givenConnectionWasLost();
    whenTimePasses(Duration.ofSeconds(3));
    whenPolicyBecomes(fixed(4));
    thenTimerIsIn(Duration.ofSeconds(1));
    thenNothingIsDone();
  }

  @Test
  void shouldTryAtOnceWhenAShorterDelayIsAlreadyOver() {
    givenConnectionWasLost();
    whenTimePasses(Duration.ofSeconds(3));
    whenPolicyBecomes(fixed(2));
    thenAttemptIsOpened();
  }

  @Test
  void shouldApplyALongerDelayInTheMiddleOfAWait() {
    givenConnectionWasLost();
    whenTimePasses(Duration.ofSeconds(3));
    whenPolicyBecomes(fixed(60));
    thenTimerIsIn(Duration.ofSeconds(57));
    assertEquals(1, state.failures());
  }

  @Test
  void shouldNotMoveTheNextAttemptWhenAPolicyIsUpdatedWithoutAChange() {
    policy = new BuiltInPolicy();
    givenConnectionWasLost();
    whenAttemptsFail(3, SILENT);
    FlowState before = state;
    now += 5;
    whenPolicyBecomes(new BuiltInPolicy());
    assertEquals(before, state);
  }

  @Test
  void shouldKeepSinceWhenItWaits() {
    givenConnectionWasLost();
    long since = state.since();
    whenTimePasses(Duration.ofSeconds(3));
    whenPolicyBecomes(fixed(60));
    assertEquals(since, state.since());
  }

  @Test
  void shouldStopAtOnceWhenTheNewPolicyGivesUp() {
    givenConnectionWasLost();
    whenPolicyBecomes(givingUpAfter(1));
    thenPhaseIs(Phase.PARKED);
    thenNoTimerRuns();
  }

  @Test
  void shouldStartAgainWhenTheNewPolicyGoesOn() {
    policy = givingUpAfter(1);
    givenConnectionWasLost();
    whenTimePasses(Duration.ofSeconds(3));
    whenPolicyBecomes(fixed(5));
    thenPhaseIs(Phase.WAITING);
    thenTimerIsIn(Duration.ofSeconds(2));
    assertEquals("", state.gaveUp());
    assertEquals(1, state.failures());
  }

  @Test
  void shouldNotDisturbASession() {
    givenConnected();
    FlowState before = state;
    whenPolicyBecomes(fixed(1));
    assertSame(before, state);
    thenNothingIsDone();
  }

  @Test
  void shouldNotDisturbAnAttemptOrAProbe() {
    whenConnectIsRequested();
    whenPolicyBecomes(fixed(1));
    thenPhaseIs(Phase.CONNECTING);
    thenNothingIsDone();
    whenAttemptFails(REFUSED);
    whenPolicyBecomes(fixed(2));
    thenPhaseIs(Phase.PROBING);
    thenNothingIsDone();
    whenProbeAnswers(null);
    thenTimerIsIn(Duration.ofSeconds(2));
  }

  @Test
  void shouldNotPutOffWhatAnOperatorBroughtForward() {
    policy = fixed(600);
    givenConnectionWasLost();
    whenReconnectIsRequested(Duration.ofSeconds(30));
    Duration wanted = timerIn();
    whenPolicyBecomes(fixed(300));
    thenTimerIsIn(wanted);
    whenPolicyBecomes(fixed(0));
    thenAttemptIsOpened();
  }

  @Test
  void shouldForgetTheHurryWithTheAttemptItLedTo() {
    policy = fixed(600);
    givenConnectionWasLost();
    whenReconnectIsRequested(Duration.ZERO);
    whenAttemptFails(SILENT);
    whenPolicyBecomes(fixed(300));
    thenTimerIsIn(Duration.ofSeconds(300));
  }

  @Test
  void shouldNotShortenWhatTheHubAskedFor() {
    givenAttemptFailed(askingFor(FailureKind.THROTTLED, Duration.ofSeconds(100)));
    whenPolicyBecomes(fixed(1));
    thenTimerIsWithin(Duration.ofSeconds(100), Duration.ofSeconds(110));
  }

  @Test
  void shouldApplyAnotherPaceToAParkedDevice() {
    givenAttemptFailed(Failure.of(FailureKind.DEVICE_DISABLED, ""));
    whenSettingsBecome(
        new SettingsBuilder(settings)
            .parkedBackoff(
                new Backoff(Duration.ofMinutes(7), 1, Duration.ofMinutes(7), Jitter.NONE)));
    thenPhaseIs(Phase.PARKED);
    thenTimerIsIn(Duration.ofMinutes(7));
    assertEquals(1, state.outage().parked());
  }

  @Test
  void shouldAskDpsAtOnceWhenFewerFailuresAreEnough() {
    givenProvisioning(Settings.documented());
    whenProvisionerAppears(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(5, SILENT);
    thenPhaseIs(Phase.WAITING);
    whenSettingsBecome(new SettingsBuilder(settings).failuresBeforeDps(5));
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldAskThePolicyAboutTheSameFailureWithTheSameChance() {
    long[] drawn = new long[2];
    int[] asked = new int[1];
    policy =
        (request, chance) -> {
          drawn[asked[0]++] = chance.nextLong();
          assertEquals(1, request.failures());
          return RetryDecision.after(Duration.ofSeconds(10));
        };
    givenConnectionWasLost();
    on(new Event.PolicyChanged(at()));
    assertEquals(2, asked[0]);
    assertEquals(drawn[0], drawn[1]);
  }

  @Test
  void shouldLeaveAWaitForDpsAlone() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    FlowState before = state;
    whenPolicyBecomes(fixed(0));
    assertSame(before, state);
    whenPolicyBecomes(givingUpAfter(1));
    assertSame(before, state);
  }

  // ---- while the provisioning service is asked ------------------------------------------------

  @Test
  void shouldApplyToTheAttemptThatFollowsAQuestion() {
    givenAskedDuringAWaitOf(600);
    whenPolicyBecomes(fixed(5));
    thenPhaseIs(Phase.PROVISIONING);
    thenNothingIsDone();
    whenProvisioningFails(SILENT);
    thenPhaseIs(Phase.WAITING);
    thenTimerIsIn(Duration.ofSeconds(5));
  }

  @Test
  void shouldGoOnAfterAQuestionWhenTheNewPolicyDoes() {
    givenAskedAfterThePolicyGaveUp();
    whenPolicyBecomes(fixed(5));
    whenProvisioningFails(SILENT);
    thenPhaseIs(Phase.WAITING);
    thenTimerIsIn(Duration.ofSeconds(5));
  }

  @Test
  void shouldStartAgainAfterAQuestionWhenTheUserConnects() {
    givenAskedAfterThePolicyGaveUp();
    whenConnectIsRequested();
    thenNothingIsDone();
    whenProvisioningFails(SILENT);
    thenAttemptIsOpenedAt(HUB_A);
    assertEquals(0, state.failures());
  }

  @Test
  void shouldStartAgainAfterAQuestionOnANewConfigurationOnly() {
    givenAskedAfterThePolicyGaveUp();
    FlowState before = state;
    whenHinted(Hint.NETWORK_UP);
    assertSame(before, state);
    whenHinted(Hint.CONFIGURATION_CHANGED);
    whenProvisioningFails(SILENT);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldNotPutOffAfterAQuestionWhatAnOperatorBroughtForward() {
    givenAskedDuringAWaitOf(600);
    whenReconnectIsRequested(Duration.ofSeconds(30));
    whenPolicyBecomes(fixed(300));
    whenProvisioningFails(SILENT);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(30));
    whenPolicyBecomes(fixed(400));
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(30));
  }

  @Test
  void shouldNotPutOffByAQuestionWhatAnOperatorBroughtForward() {
    policy = fixed(600);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(SILENT);
    whenReconnectIsRequested(Duration.ofSeconds(30));
    Duration wanted = timerIn();
    whenReprovisionIsRequested();
    whenPolicyBecomes(fixed(300));
    whenProvisioningFails(SILENT);
    thenTimerIsIn(wanted);
  }

  @Test
  void shouldReopenASessionAtOnceAfterAQuestionWhateverThePolicySays() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(SILENT);
    whenTimerElapses();
    whenAttemptSucceeds();
    whenReprovisionIsRequested();
    whenPolicyBecomes(fixed(300));
    whenProvisioningFails(SILENT);
    thenAttemptIsOpenedAt(HUB_A);
  }

  private void givenAskedDuringAWaitOf(int seconds) {
    policy = fixed(seconds);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(SILENT);
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.PROVISIONING);
  }

  private void givenAskedAfterThePolicyGaveUp() {
    policy = givingUpAfter(1);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(SILENT);
    thenPhaseIs(Phase.PARKED);
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.PROVISIONING);
  }
}
