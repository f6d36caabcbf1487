/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The connection's main paths, one after the other, as an operator would live through them. */
class ReconnectFlowTest {

  private static final Assignment HUB_A = assignment("a.example.net");
  private static final Assignment HUB_B = assignment("b.example.net");
  private static final Failure REFUSED = Failure.of(FailureKind.REFUSED, "code 5");
  private static final Failure SILENT = Failure.of(FailureKind.TIMED_OUT, "");

  private final SplittableRandom random = new SplittableRandom(42);
  private RetryPolicy policy = fixed(10);
  private Settings settings = Settings.recommended().build();
  private FlowState state = FlowState.INITIAL;
  private List<Action> actions = List.of();
  private long now = 1_000_000;

  @Test
  void shouldConnectWhenAskedTo() {
    whenConnectIsRequested();
    thenAttemptIsOpened(1);
    whenAttemptSucceeds();
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  void shouldBackOffAfterALossAndTryAgainExactlyThen() {
    givenConnected();
    whenConnectionIsLost();
    thenPhaseIs(Phase.WAITING);
    thenTimerIsIn(10_000);
    whenTimePasses(9_999);
    thenNothingIsDone();
    whenTimePasses(1);
    thenAttemptIsOpened(2);
  }

  @Test
  void shouldCountTheTimeOfAFailedAttemptAsPartOfItsDelay() {
    whenConnectIsRequested();
    now += 4_000;
    whenAttemptFails(SILENT);
    thenTimerIsIn(6_000);
  }

  @Test
  void shouldApplyAShorterDelayInTheMiddleOfAWait() {
    givenConnected();
    whenConnectionIsLost();
    whenTimePasses(3_000);
    policy = fixed(4);
    on(new Event.PolicyChanged(at()));
    thenTimerIsIn(1_000);
    policy = fixed(2);
    on(new Event.PolicyChanged(at()));
    thenAttemptIsOpened(2);
  }

  @Test
  void shouldNotMoveTheNextAttemptWhenAPolicyIsUpdatedWithoutAChange() {
    policy = new BuiltInPolicy();
    givenConnected();
    whenConnectionIsLost();
    on(new Event.TimerElapsed(at(ReconnectFlow.timerAt(state, settings))));
    whenAttemptFails(SILENT);
    long before = ReconnectFlow.timerAt(state, settings);
    whenTimePasses(5);
    on(new Event.PolicyChanged(at()));
    assertEquals(before, ReconnectFlow.timerAt(state, settings));
  }

  @Test
  void shouldNeverShortenWhatTheServerAskedFor() {
    givenConnected();
    whenConnectionIsLost();
    whenTimePasses(10_000);
    whenAttemptFails(new Failure(FailureKind.THROTTLED, "", 429, 429001, Duration.ofSeconds(90)));
    assertTrue(timerIn() > 90_000, "is in " + timerIn() + " ms");
    on(new Event.Hinted(at(), Hint.NETWORK_UP));
    assertTrue(timerIn() > 90_000, "is in " + timerIn() + " ms");
    whenConnectIsRequested();
    thenTimerIsIn(90_000);
  }

  @Test
  void shouldForgetFailuresOnlyAfterAStablePeriod() {
    givenConnected();
    whenConnectionIsLost();
    whenTimePasses(10_000);
    whenAttemptSucceeds();
    whenTimePasses(29_999);
    assertEquals(1, state.failures());
    whenTimePasses(1);
    assertEquals(0, state.failures());
  }

  @Test
  void shouldAskTheHubWhyBeforeItBelievesARefusal() {
    givenProvisioned();
    whenConnectIsRequested();
    whenAttemptFails(REFUSED);
    thenPhaseIs(Phase.PROBING);
    whenProbeAnswers(new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, null));
    whenTimePasses(settings.confirmedSpread().toMillis());
    thenProvisionerIsAsked(Operation.REGISTER);
    on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Assigned(HUB_B)));
    thenAttemptIsOpened();
    assertEquals(HUB_B, state.assignment());
    assertEquals(0, state.failures());
  }

  @Test
  void shouldNotBelieveA401OfAnIdentityThatNeverGotAGoodAnswerOverHttps() {
    givenProvisioned();
    whenConnectIsRequested();
    whenAttemptFails(REFUSED);
    whenProbeAnswers(new Failure(FailureKind.UNAUTHORIZED, "", 401, 401003, null));
    thenPhaseIs(Phase.WAITING);
    assertEquals(FailureKind.REFUSED, state.lastFailure().kind());
  }

  @Test
  void shouldAskAboutASilentHubAfterTenFailuresAndTheSlot() {
    policy = fixed(60);
    givenProvisioned();
    whenConnectIsRequested();
    long first = now;
    while (!(state.phase() == Phase.PROVISIONING)) {
      if (state.phase() == Phase.CONNECTING) {
        whenAttemptFails(SILENT);
      } else {
        now = ReconnectFlow.timerAt(state, settings);
        on(new Event.TimerElapsed(at()));
      }
    }
    thenProvisionerIsAsked(Operation.LOOKUP);
    long minutes = (now - first) / 60_000;
    assertTrue(minutes >= 15 && minutes <= 30, "asked after " + minutes + " min");
  }

  @Test
  void shouldReprovisionAfterTenFailuresWithoutASlotInTheDocumentedProfile() {
    settings = Settings.documented().provisioned(true).build();
    givenProvisioned();
    whenConnectIsRequested();
    for (int failure = 1; failure <= 10; failure++) {
      thenPhaseIs(Phase.CONNECTING);
      whenAttemptFails(SILENT);
      if (failure < 10) {
        whenTimePasses(10_000);
      }
    }
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldNotAskAboutAHubWhoseAnswersProveItAlive() {
    givenProvisioned();
    whenConnectIsRequested();
    for (int i = 0; i < 1_000; i++) {
      whenAttemptFails(Failure.of(FailureKind.THROTTLED, ""));
      now = ReconnectFlow.timerAt(state, settings);
      on(new Event.TimerElapsed(at()));
      thenPhaseIs(Phase.CONNECTING);
    }
  }

  @Test
  void shouldStartFromTheCachedAssignmentWithoutACall() {
    givenProvisioned();
    whenConnectIsRequested();
    Action.Open open = assertInstanceOf(Action.Open.class, actions.get(0));
    assertEquals(HUB_A, open.target());
  }

  @Test
  void shouldWaitForTheProvisionerWhenNothingIsKnown() {
    settings = Settings.recommended().provisioned(true).confirmedSpread(Duration.ZERO).build();
    whenConnectIsRequested();
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    on(new Event.ProvisionerChanged(at(), true, null));
    thenProvisionerIsAsked(Operation.REGISTER);
    on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Assigned(HUB_A)));
    thenAttemptIsOpened();
  }

  @Test
  void shouldGoOnTryingTheHubWhileTheBudgetIsEmpty() {
    givenProvisioned();
    whenConnectIsRequested();
    whenAttemptFails(REFUSED);
    whenProbeAnswers(new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, null));
    whenTimePasses(settings.confirmedSpread().toMillis());
    Duration refill = Duration.ofHours(8);
    on(
        new Event.Provisioned(
            at(),
            state.attempt(),
            new ProvisioningResult.Failed(
                new Failure(FailureKind.PROVISIONING_BUDGET_EMPTY, "", 0, 0, refill))));
    whenTimePasses(10_000);
    thenPhaseIs(Phase.CONNECTING);
    whenAttemptFails(REFUSED);
    assertTrue(state.phase() == Phase.WAITING, "is " + state.phase());
  }

  @Test
  void shouldStopWhenThePolicyGivesUpAndStartAgainOnConnect() {
    policy = (request, chance) -> RetryDecision.stop("1 attempt used up");
    givenConnected();
    whenConnectionIsLost();
    thenPhaseIs(Phase.PARKED);
    assertEquals(FlowState.NEVER, ReconnectFlow.timerAt(state, settings));
    on(new Event.Hinted(at(), Hint.NETWORK_UP));
    thenPhaseIs(Phase.PARKED);
    whenConnectIsRequested();
    thenAttemptIsOpened(2);
  }

  @Test
  void shouldIgnoreWhatAnOlderAttemptReports() {
    givenConnected();
    whenConnectionIsLost();
    whenTimePasses(10_000);
    on(new Event.AttemptFailed(at(), 1, SILENT));
    thenPhaseIs(Phase.CONNECTING);
    on(new Event.Connected(at(), 1, FlowState.NEVER));
    thenPhaseIs(Phase.CONNECTING);
    assertEquals(List.of(new Action.Close(1, false)), actions);
  }

  @Test
  void shouldDoNothingAfterDisconnect() {
    givenConnected();
    on(new Event.DisconnectRequested(at()));
    assertEquals(List.of(new Action.Close(1, true)), actions);
    on(new Event.ConnectionLost(at(), 1, SILENT, 0));
    thenPhaseIs(Phase.STOPPED);
    assertEquals(FlowState.NEVER, ReconnectFlow.timerAt(state, settings));
  }

  private void givenConnected() {
    whenConnectIsRequested();
    whenAttemptSucceeds();
    whenTimePasses(60_000);
  }

  private void givenProvisioned() {
    if (!settings.provisioned()) {
      settings = Settings.recommended().provisioned(true).build();
    }
    on(new Event.ProvisionerChanged(at(), true, HUB_A));
  }

  private void whenConnectIsRequested() {
    on(new Event.ConnectRequested(at()));
  }

  private void whenAttemptSucceeds() {
    on(new Event.Connected(at(), state.attempt(), FlowState.NEVER));
  }

  private void whenAttemptFails(Failure failure) {
    on(new Event.AttemptFailed(at(), state.attempt(), failure));
  }

  private void whenConnectionIsLost() {
    on(
        new Event.ConnectionLost(
            at(), state.attempt(), Failure.of(FailureKind.CONNECTION_CLOSED, ""), 0));
  }

  private void whenProbeAnswers(@Nullable Failure failure) {
    on(new Event.Probed(at(), state.attempt(), failure));
  }

  private void whenTimePasses(long millis) {
    now += millis;
    on(new Event.TimerElapsed(at()));
  }

  private void thenPhaseIs(Phase expected) {
    assertEquals(expected, state.phase(), () -> Explanation.of(state, settings, now));
  }

  private void thenTimerIsIn(long millis) {
    assertEquals(millis, timerIn());
  }

  private long timerIn() {
    return ReconnectFlow.timerAt(state, settings) - now;
  }

  private void thenAttemptIsOpened(long attempt) {
    assertEquals(List.of(new Action.Open(attempt, state.assignment())), actions);
    thenPhaseIs(Phase.CONNECTING);
  }

  private void thenAttemptIsOpened() {
    thenAttemptIsOpened(state.attempt());
  }

  private void thenNothingIsDone() {
    assertEquals(List.of(), actions);
  }

  private void thenProvisionerIsAsked(Operation operation) {
    thenPhaseIs(Phase.PROVISIONING);
    Action.Provision provision = assertInstanceOf(Action.Provision.class, actions.get(0));
    assertEquals(operation, provision.request().operation());
  }

  private void on(Event event) {
    Step step = ReconnectFlow.next(state, event, policy, settings, random);
    state = step.state();
    actions = step.actions();
  }

  private Moment at() {
    return at(now);
  }

  private static Moment at(long millis) {
    return new Moment(millis, 1_800_000_000_000L + millis);
  }

  private static RetryPolicy fixed(int seconds) {
    return (request, chance) -> RetryDecision.after(Duration.ofSeconds(seconds));
  }

  private static Assignment assignment(String hub) {
    return new Assignment(hub, "device-1", Instant.EPOCH, "", "");
  }
}
