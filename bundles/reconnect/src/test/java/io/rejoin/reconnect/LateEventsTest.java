/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rejoin.provisioning.ProvisioningResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever an attempt, a probe or a question reports after it was given up. */
class LateEventsTest extends FlowScenario {

  private static final ProvisioningResult TO_B = new ProvisioningResult.Assigned(HUB_B);

  @Test
  void shouldIgnoreWhatAnOlderAttemptReports() {
    givenConnectionWasLost();
    whenTimerElapses();
    thenIgnored(new Event.AttemptFailed(at(), 1, SILENT));
    thenIgnored(new Event.ConnectionLost(at(), 1, SILENT, 0));
    thenIgnored(new Event.Probed(at(), 1, null));
    whenAttemptSucceeds();
    thenIgnored(new Event.ConnectionLost(at(), 1, SILENT, 0));
  }

  @Test
  void shouldIgnoreWhatDoesNotFitThePhase() {
    whenConnectIsRequested();
    thenIgnored(new Event.ConnectionLost(at(), 1, SILENT, 0));
    thenIgnored(new Event.Probed(at(), 1, null));
    thenIgnored(new Event.Provisioned(at(), 1, TO_B));
    thenIgnored(new Event.TimerElapsed(at()));
    whenAttemptSucceeds();
    thenIgnored(new Event.AttemptFailed(at(), 1, SILENT));
    thenIgnored(new Event.Connected(at(), 1, FlowState.NEVER));
    whenConnectionIsLost();
    thenIgnored(new Event.ConnectionLost(at(), 1, SILENT, 0));
    thenIgnored(new Event.Provisioned(at(), 1, TO_B));
  }

  @Test
  void shouldCloseASessionThatComesTooLate() {
    givenConnectionWasLost();
    whenTimerElapses();
    on(new Event.Connected(at(), 1, FlowState.NEVER));
    thenPhaseIs(Phase.CONNECTING);
    assertEquals(List.of(new Action.Close(1, false)), actions);
    whenDisconnectIsRequested();
    on(new Event.Connected(at(), 2, FlowState.NEVER));
    thenPhaseIs(Phase.STOPPED);
    assertEquals(List.of(new Action.Close(2, false)), actions);
  }

  @Test
  void shouldIgnoreATimerThatComesEarly() {
    givenConnectionWasLost();
    now += 9_999;
    thenIgnored(new Event.TimerElapsed(at()));
  }

  @Test
  void shouldIgnoreTheProbeOfAnAttemptThatTheUserEnded() {
    givenAttemptFailed(REFUSED);
    whenDisconnectIsRequested();
    thenIgnored(new Event.Probed(at(), 1, GONE));
  }

  @Test
  void shouldKeepAnAssignmentThatWasPaidForWhenTheUserDisconnectedMeanwhile() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenDisconnectIsRequested();
    thenIgnored(
        new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Failed(SILENT)));
    on(new Event.Provisioned(at(), state.attempt(), TO_B));
    thenPhaseIs(Phase.STOPPED);
    whenConnectIsRequested();
    thenAttemptIsOpenedAt(HUB_B);
  }

  @Test
  void shouldIgnoreTheAnswerToAQuestionAboutAnotherIdentity() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    long old = state.attempt();
    whenDisconnectIsRequested();
    on(new Event.TargetChanged(at(), null));
    thenIgnored(new Event.Provisioned(at(), old, TO_B));
    whenConnectIsRequested();
    long second = state.attempt();
    thenPhaseIs(Phase.PROVISIONING);
    thenIgnored(new Event.Provisioned(at(), old, TO_B));
    on(new Event.TargetChanged(at(), null));
    thenIgnored(new Event.Provisioned(at(), second, TO_B));
  }

  @Test
  void shouldIgnoreTheAnswerOfAProvisionerThatWasExchanged() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    long old = state.attempt();
    whenProvisionerAppears(null);
    thenIgnored(new Event.Provisioned(at(), old, TO_B));
    whenDisconnectIsRequested();
    thenIgnored(new Event.Provisioned(at(), old, TO_B));
    whenConnectIsRequested();
    long second = state.attempt();
    whenDisconnectIsRequested();
    whenProvisionerAppears(null);
    thenIgnored(new Event.Provisioned(at(), second, TO_B));
  }

  @Test
  void shouldNotOpenWhatNobodyWantsAnyMore() {
    givenConnectionWasLost();
    whenDisconnectIsRequested();
    whenTimePasses(Duration.ofDays(30));
    whenConnectionDoesNothing();
  }

  @Test
  void shouldRefuseAnEventThatIsNone() {
    assertThrows(RuntimeException.class, () -> on(null));
  }

  private void whenConnectionDoesNothing() {
    thenNothingIsDone();
    thenPhaseIs(Phase.STOPPED);
  }

  private void thenIgnored(Event event) {
    FlowState before = state;
    on(event);
    assertSame(before, state);
    thenNothingIsDone();
  }
}
