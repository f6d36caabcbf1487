/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the provisioning service is asked, and what its answers lead to. */
class ProvisioningTest extends FlowScenario {

  private static final Failure BUDGET_EMPTY =
      new Failure(FailureKind.PROVISIONING_BUDGET_EMPTY, "", 0, 0, Duration.ofHours(8));

  // ---- first boot ---------------------------------------------------------------------------

  @Test
  void shouldRegisterAtFirstBoot() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
    assertEquals("no hub is known yet", question().reason());
    assertFalse(question().byOperator());
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldSpreadTheFirstRegistrationsOfAFleet() {
    givenProvisioning(Settings.recommended().fleet(100_000, 100, 1_000));
    whenProvisionerAppears(null);
    whenConnectIsRequested();
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenTimerIsWithin(Duration.ofSeconds(1), Duration.ofMinutes(105));
  }

  @Test
  void shouldRegisterAtOnceWhenTheUserDoesNotWantToWaitForTheSlot() {
    givenProvisioning(Settings.recommended().confirmedSpread(Duration.ofHours(2)));
    whenProvisionerAppears(null);
    whenConnectIsRequested();
    whenConnectIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldRegisterAgainAfterARefusedLookup() {
    givenHubIsSilentAndLookupUnderWay();
    long old = state.attempt();
    on(new Event.Provisioned(at(), old, new ProvisioningResult.NotRegistered()));
    thenProvisionerIsAsked(Operation.REGISTER);
    assertEquals(old + 1, state.attempt());
    whenAssigned(HUB_B);
    thenAttemptIsOpenedAt(HUB_B);
  }

  @Test
  void shouldWaitForDpsWhileItIsTheOneThatFails() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(120));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
    whenProvisioningFails(SILENT);
    thenTimerIsWithin(Duration.ofSeconds(120), Duration.ofSeconds(240));
    assertEquals(2, state.failures());
    whenTimerElapses();
    whenAssigned(HUB_A);
    assertEquals(0, state.failures());
    thenAttemptIsOpenedAt(HUB_A);
  }

  @ParameterizedTest
  @CsvSource({
    "ID_SCOPE_UNKNOWN",
    "REGISTRATION_UNKNOWN",
    "ENROLMENT_DISABLED",
    "PROVISIONING_UNAUTHORIZED",
    "CLOCK_WRONG",
    "MISCONFIGURED"
  })
  void shouldParkWhatNeedsAPersonAndStillTry(FailureKind kind) {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(Failure.of(kind, ""));
    thenPhaseIs(Phase.PARKED);
    assertTrue(explanation().contains(kind.words()), this::explanation);
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  // ---- the service's own pace -----------------------------------------------------------------

  @Test
  void shouldObeyTheRetryAfterOfDpsAndAddJitter() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(10)));
    thenTimerIsWithin(Duration.ofMinutes(10).plusMillis(1), Duration.ofMinutes(12));
  }

  @Test
  void shouldWaitForFiveSecondsAtLeastAfterAFaultOfDps() {
    givenProvisioning(
        Settings.documented()
            .dpsBackoff(new Backoff(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Jitter.NONE)));
    whenProvisionerAppears(null);
    whenConnectIsRequested();
    whenProvisioningFails(Failure.of(FailureKind.SERVER_ERROR, ""));
    thenTimerIsIn(Duration.ofSeconds(6));
    whenTimerElapses();
    whenProvisioningFails(Failure.of(FailureKind.SERVER_UNAVAILABLE, ""));
    thenTimerIsIn(Duration.ofSeconds(6));
    whenTimerElapses();
    whenProvisioningFails(SILENT);
    thenTimerIsIn(Duration.ofSeconds(1));
  }

  @Test
  void shouldKeepAPauseOfDpsOverADisconnectAndAnExchangedProvisioner() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(10)));
    whenProvisionerGoesAway();
    whenProvisionerAppears(null);
    whenDisconnectIsRequested();
    whenConnectIsRequested();
    on(new Event.TargetChanged(at(), null));
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenTimerIsWithin(Duration.ofMinutes(10), Duration.ofMinutes(12));
    whenReprovisionIsRequested();
    thenTimerIsWithin(Duration.ofMinutes(10), Duration.ofMinutes(12));
  }

  @Test
  void shouldKeepAPauseOfDpsOverAStableSession() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(10)));
    whenTimerElapses();
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofSeconds(30));
    thenNoTimerRuns();
    whenConnectionIsLost();
    whenAttemptsFail(1, GONE);
    Diary diary = live(Duration.ofMinutes(9), () -> GONE);
    assertEquals(0, diary.questions.size());
    assertTrue(live(Duration.ofMinutes(3), () -> GONE).questions.size() > 0);
  }

  @Test
  void shouldNotKeepItsOwnRestWhenTheConfigurationChanges() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(Failure.of(FailureKind.ID_SCOPE_UNKNOWN, ""));
    on(new Event.TargetChanged(at(), null));
    thenProvisionerIsAsked(Operation.REGISTER);
    whenProvisioningFails(Failure.of(FailureKind.ID_SCOPE_UNKNOWN, ""));
    whenDisconnectIsRequested();
    whenConnectIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  // ---- the budget ---------------------------------------------------------------------------

  @Test
  void shouldGoOnTryingTheHubWhileTheBudgetIsEmpty() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    long planned = state.retryAt();
    whenTimerElapses();
    whenProvisioningFails(BUDGET_EMPTY);
    thenPhaseIs(Phase.WAITING);
    assertEquals(planned, state.retryAt());
    assertTrue(explanation().contains("DPS due in 8"), this::explanation);
  }

  @Test
  void shouldNotTakeAnEmptyBudgetForAFailureOfTheService() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(BUDGET_EMPTY);
    assertEquals(0, state.reprovisioning().failures());
    assertEquals(0, state.reprovisioning().occasions());
  }

  @Test
  void shouldNotRunInCirclesWhenNobodySaysWhenTheBudgetGrows() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(Failure.of(FailureKind.PROVISIONING_BUDGET_EMPTY, ""));
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(120));
  }

  // ---- what the answers lead to ---------------------------------------------------------------

  @Test
  void shouldKeepThePlannedAttemptWhenALookupNamesTheSameHub() {
    givenHubIsSilentAndLookupUnderWay();
    long planned = state.retryAt();
    whenAssigned(HUB_A);
    thenPhaseIs(Phase.WAITING);
    assertEquals(planned, state.retryAt());
  }

  @Test
  void shouldTryTheHubAtOnceAfterARegistrationForIt() {
    policy = fixed(600);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
    whenAttemptFails(GONE);
    thenTimerIsWithin(Duration.ofSeconds(60), Duration.ofSeconds(120));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldObeyAPauseOfTheHubAlsoAfterARegistration() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptFails(
        new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, Duration.ofMinutes(5)));
    whenTimerElapses();
    whenAssigned(HUB_A);
    thenPhaseIs(Phase.WAITING);
    thenTimerIsWithin(Duration.ofMinutes(4), Duration.ofMinutes(5));
  }

  @Test
  void shouldPauseBetweenRegistrationsWhenTwoHubsSendItToAndFro() {
    givenProvisioning(Settings.documented());
    whenProvisionerAppears(HUB_A);
    policy = fixed(60);
    whenConnectIsRequested();
    World world =
        new World() {
          @Override
          public Failure connect() {
            return GONE;
          }

          @Override
          public ProvisioningResult provision(ProvisioningRequest request) {
            return new ProvisioningResult.Assigned(
                HUB_A.equals(state.assignment()) ? HUB_B : HUB_A);
          }
        };
    Diary diary = live(Duration.ofHours(2), world);
    assertTrue(diary.questions.size() < 50, diary.questions.size() + " registrations");
  }

  @Test
  void shouldForgetWhatDpsDidNotCureOnceASessionIsStable() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenAssigned(HUB_B);
    whenAttemptSucceeds();
    assertEquals(1, state.reprovisioning().failures());
    whenTimePasses(Duration.ofSeconds(30));
    assertEquals(Reprovisioning.NONE, state.reprovisioning());
  }

  @Test
  void shouldParkWhenNeitherHubNorDpsKnowTheDevice() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(Failure.of(FailureKind.REGISTRATION_UNKNOWN, ""));
    thenPhaseIs(Phase.PARKED);
    assertEquals(FailureKind.REGISTRATION_UNKNOWN, lastKind());
    assertEquals(1, state.outage().parked());
    thenTimerIsWithin(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void shouldObeyThePauseOfTheHubAndNotThatOfDpsWhenNeitherKnowsTheDevice() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(
        new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, Duration.ofMinutes(5)));
    whenTimerElapses();
    whenProvisioningFails(
        new Failure(FailureKind.ENROLMENT_DISABLED, "", 403, 0, Duration.ofHours(5)));
    thenPhaseIs(Phase.PARKED);
    Duration toTheHub = Duration.ofMillis(state.retryAt() - now);
    assertTrue(toTheHub.compareTo(Duration.ofMinutes(5)) >= 0, toTheHub::toString);
    assertTrue(toTheHub.compareTo(Duration.ofMinutes(6)) < 0, toTheHub::toString);
  }

  @Test
  void shouldObeyThePauseOfTheHubHoweverOftenDpsCannotHelp() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(
        new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, Duration.ofHours(1)));
    long allowed = now + Duration.ofHours(1).toMillis();
    for (int i = 0; i < 3; i++) {
      whenTimerElapses();
      whenProvisioningFails(Failure.of(FailureKind.CLOCK_WRONG, ""));
      assertTrue(state.retryAt() >= allowed, this::explanation);
    }
    whenTimerElapses();
    whenAssigned(HUB_A);
    thenTimerIsIn(Duration.ofMillis(allowed - now));
  }

  @Test
  void shouldGoOnAsPlannedWhenDpsFailsForAWhile() {
    policy = fixed(20);
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    long planned = state.retryAt();
    whenTimerElapses();
    whenProvisioningFails(BUSY);
    thenPhaseIs(Phase.WAITING);
    assertEquals(planned, state.retryAt());
    assertEquals(FailureKind.DEVICE_NOT_FOUND, lastKind());
  }

  @Test
  void shouldNotDrawTheSlotAnewWithEachConfirmation() {
    givenProvisioning(Settings.recommended().confirmedSpread(Duration.ofHours(2)));
    whenProvisionerAppears(HUB_A);
    givenAttemptFailed(GONE);
    long slotAt = state.reprovisioning().slotAt();
    whenAttemptsFail(1, DENIED);
    assertEquals(slotAt, state.reprovisioning().slotAt());
    whenAttemptsFail(1, GONE);
    assertEquals(slotAt, state.reprovisioning().slotAt());
  }

  @Test
  void shouldForgetAConfirmedLossWhenTheHubTakesTheDeviceAfterAll() {
    givenProvisioning(Settings.recommended().confirmedSpread(Duration.ofHours(2)));
    whenProvisionerAppears(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofHours(3));
    thenPhaseIs(Phase.CONNECTED);
    assertEquals(Reprovisioning.NONE, state.reprovisioning());
  }

  // ---- modes --------------------------------------------------------------------------------

  @Test
  void shouldRegisterOnceAtEachStartIfSoSet() {
    givenProvisioning(
        Settings.recommended()
            .mode(ProvisioningMode.ALWAYS_ON_STARTUP)
            .confirmedSpread(Duration.ZERO));
    whenProvisionerAppears(HUB_A);
    whenConnectIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
    assertEquals("always on start-up", question().reason());
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
    whenDisconnectIsRequested();
    whenConnectIsRequested();
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldStartFromTheCacheWhenDpsIsDownOnStartUp() {
    givenProvisioning(
        Settings.recommended()
            .mode(ProvisioningMode.ALWAYS_ON_STARTUP)
            .confirmedSpread(Duration.ZERO));
    whenProvisionerAppears(HUB_A);
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    thenAttemptIsOpenedAt(HUB_A);
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofHours(1));
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  void shouldStartFromTheCacheWithoutAProvisioner() {
    givenProvisioning(Settings.recommended().mode(ProvisioningMode.ALWAYS_ON_STARTUP));
    whenProvisionerAppears(HUB_A);
    whenProvisionerGoesAway();
    whenConnectIsRequested();
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldNotAskAboutASilentHubOnErrorsOnly() {
    givenProvisioning(Settings.recommended().mode(ProvisioningMode.ON_ERROR_ONLY));
    whenProvisionerAppears(HUB_A);
    whenConnectIsRequested();
    assertEquals(0, live(Duration.ofDays(3), () -> SILENT).questions.size());
  }

  @Test
  void shouldAskOnErrorsOnlyWhenTheHubSaysSo() {
    givenProvisioning(Settings.recommended().mode(ProvisioningMode.ON_ERROR_ONLY));
    whenProvisionerAppears(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  // ---- the provisioner comes and goes -----------------------------------------------------------

  @Test
  void shouldWaitForAProvisionerThatComesLate() {
    givenProvisioning(Settings.recommended().confirmedSpread(Duration.ZERO));
    whenConnectIsRequested();
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenNoTimerRuns();
    whenProvisionerAppears(null);
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldConnectAtOnceWhenALateProvisionerKnowsTheHub() {
    givenProvisioning(Settings.recommended());
    whenConnectIsRequested();
    whenProvisionerAppears(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
  }

  @Test
  void shouldConnectAtOnceWhenAnotherProvisionerKnowsTheHub() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(Failure.of(FailureKind.ENROLMENT_DISABLED, ""));
    thenPhaseIs(Phase.PARKED);
    whenProvisionerAppears(HUB_B);
    thenAttemptIsOpenedAt(HUB_B);
    assertEquals(0, state.failures());
  }

  @Test
  void shouldKeepTheHubThatItKnows() {
    givenProvisionedAt(HUB_A);
    whenProvisionerAppears(HUB_B);
    assertEquals(HUB_A, state.assignment());
  }

  @Test
  void shouldNotAdoptAnythingWithoutProvisioning() {
    whenProvisionerAppears(HUB_B);
    assertNull(state.assignment());
  }

  @Test
  void shouldNotDisturbASessionOrAnAttempt() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenProvisionerGoesAway();
    thenPhaseIs(Phase.CONNECTING);
    thenNothingIsDone();
    assertFalse(state.provisionerPresent());
    whenAttemptSucceeds();
    whenProvisionerAppears(HUB_B);
    thenPhaseIs(Phase.CONNECTED);
    thenNothingIsDone();
    assertTrue(state.provisionerPresent());
  }

  @Test
  void shouldGoBackToTheHubWhenTheProvisionerGoesAwayInMidRegistration() {
    givenHubIsSilentAndLookupUnderWay();
    long planned = state.retryAt();
    whenProvisionerGoesAway();
    thenPhaseIs(Phase.WAITING);
    assertEquals(planned, state.retryAt());
    thenTimerIsIn(Duration.ofMillis(planned - now));
  }

  @Test
  void shouldAskTheNextProvisionerWhenTheOldOneGoesAwayInMidRegistration() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisionerGoesAway();
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    thenNoTimerRuns();
    whenProvisionerAppears(null);
    if (state.phase() == Phase.WAITING_FOR_DPS) {
      whenTimerElapses();
    }
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldAskAgainWhenTheProvisionerIsExchangedInMidRegistration() {
    givenHubIsSilentAndLookupUnderWay();
    long old = state.attempt();
    whenProvisionerAppears(null);
    thenPhaseIs(Phase.WAITING);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.LOOKUP);
    assertTrue(state.attempt() > old);
  }

  @Test
  void shouldTakeTheHubThatTheNextProvisionerKnowsInMidRegistration() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    whenTimerElapses();
    whenProvisionerAppears(HUB_B);
    thenAttemptIsOpenedAt(HUB_B);
  }

  @Test
  void shouldAskSoonWhenAProvisionerAppearsThatWasMissed() {
    givenProvisionedAt(HUB_A);
    whenProvisionerGoesAway();
    policy = fixed(3600);
    givenAttemptFailed(GONE);
    thenPhaseIs(Phase.PARKED);
    whenProvisionerAppears(null);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(5));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldNotAskBeforeItIsDueJustBecauseAProvisionerAppears() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(10, SILENT);
    long slotAt = state.reprovisioning().slotAt();
    whenProvisionerAppears(null);
    thenPhaseIs(Phase.WAITING);
    assertEquals(slotAt, state.reprovisioning().slotAt());
  }

  @Test
  void shouldCutARestShortWhenTheProvisionerIsExchanged() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    whenProvisionerAppears(null);
    thenTimerIsWithin(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void shouldStartFromTheCacheWhenTheProvisionerGoesAwayBeforeTheSlot() {
    givenProvisioning(Settings.recommended().mode(ProvisioningMode.ALWAYS_ON_STARTUP));
    whenProvisionerAppears(HUB_A);
    whenConnectIsRequested();
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    whenProvisionerGoesAway();
    thenAttemptIsOpenedAt(HUB_A);
  }

  // ---- an operator asks -------------------------------------------------------------------------

  @Test
  void shouldReprovisionAConnectedDeviceAndComeBack() {
    givenProvisionedAt(HUB_A);
    givenConnected();
    long session = state.attempt();
    whenReprovisionIsRequested();
    assertEquals(new Action.Close(session, true), actions.get(0));
    thenProvisionerIsAsked(Operation.REGISTER);
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofMinutes(1));
    assertEquals(Reprovisioning.NONE, state.reprovisioning());
  }

  @Test
  void shouldComeBackWhenDpsCannotFulfilTheWish() {
    for (Failure failure : List.of(BUDGET_EMPTY, Failure.of(FailureKind.ENROLMENT_DISABLED, ""))) {
      state = FlowState.INITIAL;
      givenProvisionedAt(HUB_A);
      givenConnected();
      whenReprovisionIsRequested();
      whenProvisioningFails(failure);
      thenAttemptIsOpenedAt(HUB_A);
      whenAttemptSucceeds();
      whenTimePasses(Duration.ofDays(1));
      thenPhaseIs(Phase.CONNECTED);
    }
  }

  @Test
  void shouldTryAgainWhenDpsFailsForAWhile() {
    givenProvisionedAt(HUB_A);
    givenConnected();
    whenReprovisionIsRequested();
    whenProvisioningFails(BUSY);
    thenAttemptIsOpenedAt(HUB_A);
    whenAttemptSucceeds();
    assertTrue(explanation().startsWith("connected; DPS due in"), this::explanation);
    whenTimePasses(Duration.ofMinutes(2));
    thenProvisionerIsAsked(Operation.REGISTER);
    assertTrue(question().byOperator());
  }

  @Test
  void shouldGoBackToTheOldReasonWhenTheWishCannotBeFulfilled() {
    givenProvisionedWithoutHub();
    whenConnectIsRequested();
    whenProvisioningFails(SILENT);
    whenReprovisionIsRequested();
    assertTrue(question().byOperator());
    whenProvisioningFails(BUDGET_EMPTY);
    thenPhaseIs(Phase.WAITING_FOR_DPS);
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
    assertFalse(question().byOperator());
  }

  @Test
  void shouldOverrideARestButNotThePauseOfTheService() {
    givenProvisionedAt(HUB_A);
    givenAttemptFailed(GONE);
    whenTimerElapses();
    whenProvisioningFails(BUSY);
    whenReprovisionIsRequested();
    thenProvisionerIsAsked(Operation.REGISTER);
    whenProvisioningFails(askingFor(FailureKind.THROTTLED, Duration.ofMinutes(10)));
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.WAITING);
  }

  @Test
  void shouldSpreadTheRegistrationsOfAWholeFleet() {
    givenProvisionedAt(HUB_A);
    givenConnected();
    on(new Event.ReprovisionRequested(at(), Duration.ofHours(1).toMillis()));
    thenPhaseIs(Phase.CONNECTED);
    thenTimerIsWithin(Duration.ofSeconds(1), Duration.ofHours(1));
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldKeepTheWishWhileAnAttemptIsUnderWay() {
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenReprovisionIsRequested();
    thenNothingIsDone();
    whenAttemptSucceeds();
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldKeepTheWishWhileNoProvisionerIsThere() {
    givenProvisionedAt(HUB_A);
    whenProvisionerGoesAway();
    givenConnected();
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.CONNECTED);
    thenNoTimerRuns();
    whenProvisionerAppears(null);
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldRegisterAfterALookupThatWasUnderWayWhenTheOperatorAsked() {
    givenHubIsSilentAndLookupUnderWay();
    whenReprovisionIsRequested();
    thenPhaseIs(Phase.PROVISIONING);
    thenNothingIsDone();
    now += 1;
    whenAssigned(HUB_A);
    thenProvisionerIsAsked(Operation.REGISTER);
    assertTrue(question().byOperator());
  }

  @Test
  void shouldRegisterAtTheNewHubWhenTheOperatorAskedDuringALookup() {
    givenHubIsSilentAndLookupUnderWay();
    whenReprovisionIsRequested();
    now += 1;
    whenAssigned(HUB_B);
    thenAttemptIsOpenedAt(HUB_B);
    whenAttemptSucceeds();
    whenTimerElapses();
    thenProvisionerIsAsked(Operation.REGISTER);
  }

  @Test
  void shouldFulfilTheWishWithTheRegistrationThatALookupLedTo() {
    givenHubIsSilentAndLookupUnderWay();
    whenReprovisionIsRequested();
    now += 1;
    on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.NotRegistered()));
    thenProvisionerIsAsked(Operation.REGISTER);
    assertTrue(question().byOperator());
    whenAssigned(HUB_A);
    thenAttemptIsOpenedAt(HUB_A);
    whenAttemptSucceeds();
    whenTimePasses(Duration.ofDays(1));
    thenPhaseIs(Phase.CONNECTED);
  }

  @Test
  void shouldKeepTheWishWhenTheQuestionUnderWayFails() {
    givenHubIsSilentAndLookupUnderWay();
    whenReprovisionIsRequested();
    now += 1;
    whenProvisioningFails(Failure.of(FailureKind.ENROLMENT_DISABLED, ""));
    whenAttemptsFail(1, SILENT);
    Diary diary = live(Duration.ofMinutes(3), () -> SILENT);
    assertTrue(diary.questions.get(0).byOperator());
  }

  @Test
  void shouldIgnoreTheWishWithoutProvisioning() {
    givenConnected();
    FlowState before = state;
    whenReprovisionIsRequested();
    assertEquals(before, state);
  }

  private void givenHubIsSilentAndLookupUnderWay() {
    policy = fixed(100);
    givenProvisionedAt(HUB_A);
    whenConnectIsRequested();
    whenAttemptsFail(10, SILENT);
    while (state.phase() != Phase.PROVISIONING) {
      if (state.phase() == Phase.CONNECTING) {
        whenAttemptFails(SILENT);
      } else {
        whenTimerElapses();
      }
    }
    thenProvisionerIsAsked(Operation.LOOKUP);
  }
}
