/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.link.HmacKey;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.testing.ManualThread;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The supervisor in virtual time, with links that do what the test says. */
class SupervisorTest {

  private static final Failure CLOSED = Failure.of(FailureKind.CONNECTION_CLOSED, "EOF");
  private static final Failure REFUSED = Failure.of(FailureKind.REFUSED, "code 5");
  private static final Failure GONE =
      new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, null);

  private final ManualThread thread = new ManualThread();
  private final FakeHub hub = new FakeHub();
  private final List<String> heard = new ArrayList<>();
  private final FakeProvisioner provisioner = new FakeProvisioner();
  private @Nullable Failure probeAnswer;
  private Executor worker = Runnable::run;
  private Supervisor supervisor = supervisor(Settings.recommended().build());

  @Test
  void shouldConnectSendAndPassTheConfirmationOn() {
    givenConnected();
    List<String> answers = new ArrayList<>();
    supervisor.send(1, message(), answering(answers));
    hub.newest().outstanding.get(0).confirmed();

    assertEquals(List.of("up 1"), heard);
    assertEquals(List.of("confirmed"), answers);
  }

  @Test
  void shouldAnswerAMessageForAnOlderSessionAtOnce() {
    givenConnected();
    List<String> answers = new ArrayList<>();
    supervisor.send(7, message(), answering(answers));

    assertEquals(List.of("unconfirmed"), answers);
  }

  @Test
  void shouldTellTheEndpointOfALossAfterItsMessagesWereAnswered() {
    givenConnected();
    List<String> answers = new ArrayList<>();
    supervisor.send(1, message(), answering(answers));
    hub.newest().lose(CLOSED);
    thread.settle();

    assertEquals(List.of("unconfirmed"), answers);
    assertEquals(List.of("up 1", "down 1"), heard);
    assertEquals(Phase.WAITING, phase());
  }

  @Test
  void shouldReconnectWhenTheDelayIsOver() {
    givenConnected();
    hub.newest().lose(CLOSED);
    thread.pass(9_999);
    assertEquals(1, hub.links.size());
    thread.pass(1);
    assertEquals(2, hub.links.size());
    hub.newest().accept();
    thread.settle();
    assertEquals(List.of("up 1", "down 1", "up 2"), heard);
  }

  @Test
  void shouldApplyAChangedPolicyInTheMiddleOfAWait() {
    givenConnected();
    hub.newest().lose(CLOSED);
    thread.pass(4_000);
    supervisor.policyChanged(policy(3));
    thread.settle();
    assertEquals(2, hub.links.size());
  }

  @Test
  void shouldTryAgainSoonWhenTheConfigurationChangesAndKeepASession() {
    givenConnected();
    supervisor.settingsChanged(plan(Settings.recommended().failuresBeforeDps(5).build()));
    thread.pass(60_000);
    assertEquals(Phase.CONNECTED, phase());
    supervisor.policyChanged(policy(3_600));
    hub.newest().lose(CLOSED);
    thread.settle();
    supervisor.settingsChanged(plan(Settings.recommended().failuresBeforeDps(7).build()));
    thread.pass(2_000);
    assertEquals(2, hub.links.size());
  }

  @Test
  void shouldNeverHaveTwoAttemptsOpenHoweverQuicklyTheTargetChanges() {
    Settings settings = Settings.recommended().build();
    supervisor.connect();
    supervisor.targetChanged(plan(settings));
    supervisor.targetChanged(plan(settings));
    thread.settle();
    assertEquals(1, hub.mostOpenAtOnce);
    assertEquals(1, hub.open());
  }

  @Test
  void shouldTryAgainWhenNoLinkCouldBeMade() {
    hub.broken = new NoClassDefFoundError("a class of the SDK");
    supervisor.connect();
    thread.settle();
    assertEquals(Phase.WAITING, phase());
    hub.broken = null;
    thread.pass(10_000);
    assertEquals(1, hub.open());
  }

  @Test
  void shouldCloseALinkThatOpensAfterDisconnect() {
    supervisor.connect();
    thread.settle();
    supervisor.disconnect();
    thread.settle();
    assertTrue(hub.newest().closed);
    hub.newest().accept();
    thread.settle();
    assertEquals(0, hub.open());
    assertEquals(List.of(), heard);
  }

  @Test
  void shouldNotOpenWhatNobodyWaitsForWhenTheKeyWasReadAtLast() {
    List<Runnable> slow = new ArrayList<>();
    worker = slow::add;
    supervisor.connect();
    thread.settle();
    supervisor.disconnect();
    supervisor.connect();
    thread.settle();
    slow.forEach(Runnable::run);
    thread.settle();
    assertEquals(1, hub.links.size());
    assertFalse(hub.newest().closed);
  }

  @Test
  void shouldNotOpenTheNextSessionBeforeTheOldOneHasDrained() {
    hub.tokenExpiresAt = Instant.ofEpochMilli(wall()).plusSeconds(3_630);
    givenConnected();
    thread.pass(3_600_000);
    assertEquals("draining 1", heard.get(1));
    assertEquals(1, hub.links.size());

    hub.tokenExpiresAt = null;
    hub.newest().drained.complete(null);
    thread.settle();
    assertTrue(hub.links.get(0).closed);
    assertEquals(2, hub.links.size());
    hub.newest().accept();
    thread.settle();
    assertEquals(List.of("up 1", "draining 1", "down 1 on purpose", "up 2"), heard);
    assertEquals(0, supervisor.status().state().failures());
  }

  @Test
  void shouldRenewASessionThatNoLongerConfirms() {
    givenConnected();
    supervisor.renew(1, "no confirmation for 30 s");
    thread.settle();
    assertTrue(hub.newest().closed);
    assertEquals(FailureKind.CONNECTION_SILENT, supervisor.status().state().lastFailure().kind());
  }

  @Test
  void shouldMoveToTheOtherHubWhenTheFirstOneSaysItDoesNotKnowTheDevice() {
    supervisor = supervisor(Settings.recommended().provisioned(true).build());
    provisioner.assignment = assignment("a.example.net");
    supervisor.provisionerChanged(provisioner);
    supervisor.connect();
    thread.settle();
    assertEquals("a.example.net", hub.newest().settings.host());

    probeAnswer = GONE;
    hub.newest().refuse(REFUSED);
    thread.pass(6_000);
    assertEquals(ProvisioningRequest.Operation.REGISTER, provisioner.requests.get(0).operation());
    provisioner.answer.complete(new ProvisioningResult.Assigned(assignment("b.example.net")));
    thread.settle();
    assertEquals("b.example.net", hub.newest().settings.host());
    hub.newest().accept();
    thread.settle();
    assertEquals("b.example.net", supervisor.info().get("Hub"));
  }

  @Test
  void shouldStayUsableWhenAProvisionerFailsAgainstItsContract() {
    supervisor = supervisor(Settings.recommended().provisioned(true).build());
    supervisor.provisionerChanged(provisioner);
    supervisor.connect();
    thread.pass(6_000);
    provisioner.answer.completeExceptionally(new IllegalStateException("broken"));
    thread.settle();
    assertEquals(Phase.WAITING_FOR_DPS, phase());
  }

  @Test
  void shouldEndEverythingOnStop() {
    givenConnected();
    List<String> answers = new ArrayList<>();
    supervisor.send(1, message(), answering(answers));
    supervisor.stop(thread::shutdown);
    thread.settle();

    assertEquals(List.of("unconfirmed"), answers);
    assertEquals(0, hub.open());
    assertTrue(thread.isStopped());
    assertFalse(supervisor.isConnected());
  }

  private void givenConnected() {
    supervisor.addListener(listener());
    supervisor.connect();
    thread.settle();
    hub.newest().accept();
    thread.settle();
    assertTrue(supervisor.isConnected());
  }

  private Phase phase() {
    return supervisor.status().phase();
  }

  private long wall() {
    return thread.nowMillis() + 1_800_000_000_000L;
  }

  private Supervisor.Plan plan(Settings settings) {
    Route route =
        new Route() {
          @Override
          public LinkSettings to(@Nullable Assignment target) throws LinkFailedException {
            String host = target == null ? "hub.example.net" : target.hubHostName();
            return LinkSettings.to(host, "pump-7", HmacKey.ofBase64("a2V5")).build();
          }

          @Override
          public CompletionStage<@Nullable Failure> ask(@Nullable Assignment target) {
            return CompletableFuture.completedFuture(probeAnswer);
          }
        };
    return new Supervisor.Plan(
        settings, new ConnectionStatus.Target("hub.example.net", "pump-7"), route);
  }

  private Supervisor supervisor(Settings settings) {
    return new Supervisor(
        "test",
        thread,
        command -> worker.execute(command),
        hub,
        new SilentCloud(),
        () -> new Moment(thread.nowMillis(), wall()),
        new SplittableRandom(1),
        plan(settings),
        policy(10),
        (before, now) -> {});
  }

  private static NamedPolicy policy(int seconds) {
    return new NamedPolicy(
        (request, random) -> RetryDecision.after(Duration.ofSeconds(seconds)), seconds + " s");
  }

  private HubConnectionListener listener() {
    return new HubConnectionListener() {
      @Override
      public void up(long session) {
        heard.add("up " + session);
      }

      @Override
      public void draining(long session) {
        heard.add("draining " + session);
      }

      @Override
      public void down(long session, boolean onPurpose) {
        heard.add("down " + session + (onPurpose ? " on purpose" : ""));
      }
    };
  }

  private static OutgoingMessage message() {
    return new OutgoingMessage(new byte[0], "1", null, 0, null, null, Map.of(), 1);
  }

  private static Delivery answering(List<String> answers) {
    return new Delivery() {
      @Override
      public void confirmed() {
        answers.add("confirmed");
      }

      @Override
      public void unconfirmed(String why) {
        answers.add("unconfirmed");
      }

      @Override
      public void rejected(String why) {
        answers.add("rejected");
      }
    };
  }

  private static Assignment assignment(String host) {
    return new Assignment(host, "pump-7", Instant.EPOCH, "", "");
  }

  private static final class FakeProvisioner implements Provisioner {

    private final List<ProvisioningRequest> requests = new ArrayList<>();
    private final CompletableFuture<ProvisioningResult> answer = new CompletableFuture<>();
    private @Nullable Assignment assignment;

    @Override
    public CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
      requests.add(request);
      return answer;
    }

    @Override
    public Optional<Assignment> cachedAssignment() {
      return Optional.ofNullable(assignment);
    }

    @Override
    public Optional<DeviceCredential> credential() {
      return Optional.empty();
    }

    @Override
    public ProvisionerStatus status() {
      return new ProvisionerStatus("test", 1, null, null, "", "");
    }
  }
}
