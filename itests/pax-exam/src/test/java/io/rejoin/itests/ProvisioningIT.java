/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.dps.Attestation;
import io.rejoin.azure.emulator.dps.DpsCount;
import io.rejoin.azure.emulator.dps.Enrolment;
import io.rejoin.azure.emulator.hub.HubEvent;
import io.rejoin.azure.emulator.hub.HubException;
import io.rejoin.azure.emulator.hub.MethodReply;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.provisioning.Provisioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.configuration.Password;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** When a gateway asks where it belongs, and what comes of it. */
public class ProvisioningIT extends FrameworkTest {

  private static final String REPROVISION = "io/rejoin/azure/iothub/connection/REPROVISION";

  private final List<Stack> stacks = new ArrayList<>();
  private Keystores keystores;
  private boolean turned;

  @Before
  public void startBundles() throws Exception {
    gateway.startAll();
    keystores = new Keystores(gateway);
  }

  @After
  public void deleteStacks() throws Exception {
    for (Stack stack : stacks) {
      stack.delete();
    }
  }

  // ---- replaced while running

  @Test
  public void shouldGoOnWhenTheProvisionerIsStoppedInMidRegistration() throws Exception {
    Stack stack = inMidRegistration("stopped");
    Bundle bundle = gateway.onlyBundle(Features.DPS);

    bundle.stop();

    thenItWorksAtHubA(stack);
    thenTheFileIsWhole(stack);
    bundle.start();
    thenTheHubIsRemembered(stack);
  }

  @Test
  public void shouldGoOnWhenTheProvisionersBundleIsUpdatedInMidRegistration() throws Exception {
    Stack stack = inMidRegistration("updated");

    gateway.update(Features.DPS);
    gateway.azure().dps().clearFaults();

    thenItWorksAtHubA(stack);
    thenTheFileIsWhole(stack);
    thenTheHubIsRemembered(stack);
  }

  @Test
  public void shouldGoToWhereAnotherProvisionerSendsItInMidRegistration() throws Exception {
    Stack stack = inMidRegistration("exchanged");
    gateway.azure().hubB().registry().add(stack.name());
    ServiceRegistration<Provisioner> other =
        register(new OtherProvisioner(stack.name(), gateway.azure().hubB()), "Other");

    gateway.update(stack.connection(), Map.of("Provisioner.target", Gateway.target("Other")));

    stack.awaitConnectedTo(gateway.azure().hubB());
    stack.awaitReceived(gateway.azure().hubB(), Set.of(stack.publish("by the other one")));
    thenTheFileIsWhole(stack);
    other.unregister();
    stack.awaitReceived(gateway.azure().hubB(), Set.of(stack.publish("without any")));
  }

  /** Connected to hub A, then told by an operator to register, which DPS does not come to end. */
  private Stack inMidRegistration(String name) throws Exception {
    Stack stack = connected(name, Map.of());
    long polls = gateway.azure().dps().counted(DpsCount.POLLS);
    gateway.azure().dps().faults().stayAssigning(true);
    turnTheSwitch(stack);
    gateway.azure().dps().await(DpsCount.POLLS, polls + 1, Await.LIMIT);
    assertEquals("PROVISIONING", stack.info("Connection State"));
    return stack;
  }

  private void thenItWorksAtHubA(Stack stack) throws Exception {
    stack.awaitConnectedTo(gateway.azure().hubA());
    stack.awaitReceived(gateway.azure().hubA(), Set.of(stack.publish("goes on")));
  }

  private static void thenTheFileIsWhole(Stack stack) throws Exception {
    String text = Files.readString(stack.provisionerFile());
    assertEquals(
        text,
        LocalAzure.HUB_A,
        JsonParser.parseString(text)
            .getAsJsonObject()
            .getAsJsonObject("assignment")
            .get("hub")
            .getAsString());
    try (Stream<Path> files = Files.list(stack.provisionerFile().getParent())) {
      Set<String> remains =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.startsWith(stack.provisioner()))
              .collect(Collectors.toSet());
      assertEquals(Set.of(stack.provisioner() + ".dps.json"), remains);
    }
  }

  private void thenTheHubIsRemembered(Stack stack) throws Exception {
    Provisioner provisioner = gateway.service(Provisioner.class, stack.provisioner());
    assertEquals(LocalAzure.HUB_A, provisioner.cachedAssignment().orElseThrow().hubHostName());
  }

  private ServiceRegistration<Provisioner> register(Provisioner provisioner, String pid) {
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("kura.service.pid", pid));
    return gateway.context().registerService(Provisioner.class, provisioner, properties);
  }

  // ---- moves

  @Test
  public void shouldTakeWaitingMessagesAndSubscriptionsAlongToTheNewHub() throws Exception {
    Stack stack =
        stack("moved")
            .withProvisioner(Map.of("budget.at.once", 3))
            // The hub itself has to say that it does not know the device.
            .withConnection(Map.of("provisioning.mode", "ON_ERROR_ONLY"))
            .create()
            .awaitConnected();
    Set<String> news = ConcurrentHashMap.newKeySet();
    stack.publisherService().registerCloudConnectionListener(listener(news, "publisher"));
    Set<String> commands = subscribe(stack, news);
    gateway.azure().hubA().outage();
    Set<String> waiting = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(stack.publish("waiting " + i));
    }

    gateway.azure().dps().moveEnrolment(stack.name(), gateway.azure().hubB());
    gateway.azure().hubA().registry().delete(stack.name());
    gateway.azure().hubA().endOutage();

    stack.awaitConnectedTo(gateway.azure().hubB());
    stack.awaitReceived(gateway.azure().hubB(), waiting);
    assertEquals(
        "each once", waiting.size(), gateway.azure().hubB().journal().of(stack.name()).size());
    gateway.azure().hubB().sendToDevice(stack.name(), ToDeviceMessage.of("open the valve"));
    Await.until("the command, not " + commands, () -> commands.contains("open the valve"));
    Await.until(
        () -> "both are told: " + news,
        () ->
            news.containsAll(
                Set.of(
                    "publisher lost", "publisher established",
                    "subscriber lost", "subscriber established")));
  }

  private Set<String> subscribe(Stack stack, Set<String> news) throws Exception {
    gateway.create(
        Stack.SUBSCRIBER_FACTORY,
        stack.subscriber(),
        Map.of("cloud.endpoint.service.pid", stack.endpoint()));
    CloudSubscriber subscriber = gateway.service(CloudSubscriber.class, stack.subscriber());
    Set<String> commands = ConcurrentHashMap.newKeySet();
    subscriber.registerCloudSubscriberListener(
        message ->
            commands.add(new String(message.getPayload().getBody(), StandardCharsets.UTF_8)));
    subscriber.registerCloudConnectionListener(listener(news, "subscriber"));
    return commands;
  }

  private static CloudConnectionListener listener(Set<String> news, String who) {
    return new CloudConnectionListener() {
      @Override
      public void onDisconnected() {
        news.add(who + " disconnected");
      }

      @Override
      public void onConnectionLost() {
        news.add(who + " lost");
      }

      @Override
      public void onConnectionEstablished() {
        news.add(who + " established");
      }
    };
  }

  // ---- an operator's command

  @Test
  public void shouldRegisterAnewWhenAnOperatorTurnsTheSwitchOrSendsTheEvent() throws Exception {
    Stack stack = connected("commanded", Map.of("budget.at.once", 3));
    gateway.azure().dps().moveEnrolment(stack.name(), gateway.azure().hubB());
    turnTheSwitch(stack);
    stack.awaitConnectedTo(gateway.azure().hubB());

    gateway.azure().dps().moveEnrolment(stack.name(), gateway.azure().hubA());
    EventAdmin events =
        gateway.context().getService(gateway.context().getServiceReference(EventAdmin.class));
    events.postEvent(new Event(REPROVISION, Map.of("kura.service.pid", stack.connection())));
    stack.awaitConnectedTo(gateway.azure().hubA());

    gateway.azure().dps().moveEnrolment(stack.name(), gateway.azure().hubB());
    turnTheSwitch(stack);
    stack.awaitConnectedTo(gateway.azure().hubB());
  }

  @Test
  public void shouldLetAnOperatorOverdrawTheBudgetByOneAndNoMore() throws Exception {
    Stack stack = connected("overdrawn", Map.of());
    assertTrue(stack.info("Provisioning Budget Left").startsWith("0, one more at"));
    long billed = gateway.azure().dps().counted(DpsCount.BILLED);
    try (States states = States.of(gateway, stack)) {
      turnTheSwitch(stack);
      states.await("PROVISIONING", 1);
      stack.awaitConnected();
      assertEquals(billed + 1, gateway.azure().dps().counted(DpsCount.BILLED));

      turnTheSwitch(stack);
      states.await("PROVISIONING", 2);
      stack.awaitConnected();
      assertEquals(billed + 1, gateway.azure().dps().counted(DpsCount.BILLED));
    }
    stack.awaitReceived(gateway.azure().hubA(), Set.of(stack.publish("all the same")));
  }

  @Test
  public void shouldDrawTheDirectMethodFromTheBudgetAndOverdrawItByOneAndNoMore() throws Exception {
    Stack stack = connected("called", Map.of("budget.at.once", 2));
    long billed = gateway.azure().dps().counted(DpsCount.BILLED);
    try (States states = States.of(gateway, stack)) {
      callReprovision(stack, "1");
      states.await("PROVISIONING", 1);
      stack.awaitConnected();
      assertEquals("the last one", billed + 1, gateway.azure().dps().counted(DpsCount.BILLED));

      callReprovision(stack, "0");
      states.await("PROVISIONING", 2);
      stack.awaitConnected();
      assertEquals("overdrawn", billed + 2, gateway.azure().dps().counted(DpsCount.BILLED));

      callReprovision(stack, "0");
      states.await("PROVISIONING", 3);
      stack.awaitConnected();
      assertEquals("refused", billed + 2, gateway.azure().dps().counted(DpsCount.BILLED));
    }
    String status = call(stack, "getConnectionStatus", "null").payload();
    assertTrue(status, status.contains("\"provisioningBudgetLeft\":\"0, one more at "));
  }

  private void callReprovision(Stack stack, String budgetLeft) throws Exception {
    MethodReply reply = call(stack, "reprovision", "{\"spreadSeconds\":0}");
    assertEquals(reply.toString(), 202, reply.status());
    String left =
        JsonParser.parseString(reply.payload()).getAsJsonObject().get("budgetLeft").getAsString();
    assertEquals(budgetLeft, left);
  }

  /** Again as long as the device has not subscribed to methods. */
  private MethodReply call(Stack stack, String method, String payload) throws Exception {
    AtomicReference<MethodReply> reply = new AtomicReference<>();
    Await.until(
        () -> method + "; " + stack.info(),
        () -> {
          try {
            reply.set(
                gateway.azure().hubA().invokeMethod(stack.name(), method, payload).get(9, SECONDS));
            return true;
          } catch (ExecutionException | HubException e) {
            return false;
          }
        });
    return reply.get();
  }

  private void turnTheSwitch(Stack stack) throws Exception {
    turned = !turned;
    gateway.update(stack.connection(), Map.of("reprovision.now", turned));
  }

  // ---- modes

  @Test
  public void shouldRegisterAtEachStartOnlyWhereTheModeSaysSo() throws Exception {
    Map<String, Long> expected =
        Map.of("DYNAMIC", 0L, "ON_ERROR_ONLY", 0L, "ALWAYS_ON_STARTUP", 1L);
    for (String mode : expected.keySet()) {
      Stack stack =
          stack("start-" + mode.toLowerCase().replace('_', '-'))
              .withProvisioner(Map.of("budget.at.once", 3))
              .withConnection(Map.of("provisioning.mode", mode))
              .create()
              .awaitConnected();
      long billed = gateway.azure().dps().counted(DpsCount.BILLED);
      Bundle bundle = gateway.onlyBundle(Features.IOT_HUB);
      bundle.stop();
      if (expected.get(mode) == 0) {
        gateway.azure().dps().outage(Await.LIMIT);
      }
      bundle.start();
      stack.awaitConnected();
      gateway.azure().dps().endOutage();
      assertEquals(
          mode,
          expected.get(mode).longValue(),
          gateway.azure().dps().counted(DpsCount.BILLED) - billed);
      stack.delete();
      stacks.remove(stack);
    }
  }

  @Test
  public void shouldLookASilentHubUpButNotOnErrorsOnly() throws Exception {
    Stack curious = connected("curious", Map.of());
    Stack patient =
        stack("patient")
            .withConnection(Map.of("provisioning.mode", "ON_ERROR_ONLY"))
            .withProvisioner(Map.of("budget.at.once", 2))
            .create()
            .awaitConnected();
    long billed = gateway.azure().dps().counted(DpsCount.BILLED);
    long lookups = gateway.azure().dps().counted(DpsCount.LOOKUPS);
    gateway.azure().dps().moveEnrolment(patient.name(), gateway.azure().hubB());
    gateway.azure().hubA().outage();
    for (Stack stack : List.of(curious, patient)) {
      Await.until(
          () -> "six failures: " + stack.info(),
          () -> Integer.parseInt(stack.info("Failures In A Row")) >= 6);
    }
    assertEquals(lookups + 1, gateway.azure().dps().counted(DpsCount.LOOKUPS));
    assertEquals(billed, gateway.azure().dps().counted(DpsCount.BILLED));

    // A hub that says so itself is another matter.
    gateway.azure().hubA().registry().delete(patient.name());
    gateway.azure().hubA().endOutage();
    patient.awaitConnectedTo(gateway.azure().hubB());
    curious.awaitConnectedTo(gateway.azure().hubA());
  }

  @Test
  public void shouldMoveAwayFromASilentHubByTheRegistrationThatFollowsTheLookups()
      throws Exception {
    Stack stack =
        stack("silent")
            .withConnection(Map.of("provisioning.register.at", 1))
            .withProvisioner(Map.of("budget.at.once", 2))
            .create()
            .awaitConnected();
    long lookups = gateway.azure().dps().counted(DpsCount.LOOKUPS);
    gateway.azure().dps().moveEnrolment(stack.name(), gateway.azure().hubB());
    gateway.azure().hubA().outage();

    stack.awaitConnectedTo(gateway.azure().hubB());
    assertEquals(
        "the first question is it", lookups, gateway.azure().dps().counted(DpsCount.LOOKUPS));
  }

  // ---- attestation: what is good for DPS is good for the hub

  @Test
  public void shouldConnectWithAKeyThatWasDerivedFromItsGroups() throws Exception {
    Enrolment group =
        gateway.azure().dps().enrol(Enrolment.group("line-4", gateway.azure().hubA().hostName()));
    String derived = group.deviceKey("pump-7");
    Stack stack =
        stack("pump-7")
            .withProvisioner(Map.of("symmetric.key", new Password(derived.toCharArray())));
    gateway.azure().dps().deleteEnrolment("pump-7");

    stack.create().awaitConnectedTo(gateway.azure().hubA());
  }

  @Test
  public void shouldConnectWithTheCertificateThatItRegisteredWith() throws Exception {
    Identity identity = gateway.azure().ca().issueClient("press-3");
    Stack stack = stack("press-3").withProvisioner(keystores.certificate("press-3", identity));
    gateway
        .azure()
        .dps()
        .enrol(
            gateway
                .azure()
                .dps()
                .enrolment("press-3")
                .with(new Attestation.Certificate(Thumbprints.of(identity.certificate()))));
    // Its TLS needs the device's own key, so the trust comes from a keystore of its own.
    stack.withConnection(Map.of("TruststoreKeystoreService.target", Gateway.target("Trust")));

    stack.create().awaitConnectedTo(gateway.azure().hubA());
    keystores.delete();
  }

  /**
   * The hub knows a certificate only from a registration with it, so the device has to register.
   */
  @Test
  public void shouldRegisterAndConnectWithTheCertificateThatReplacedTheProvisioners()
      throws Exception {
    Identity old = gateway.azure().ca().issueClient("press-4");
    Identity fresh = gateway.azure().ca().issueClient("press-4");
    Stack stack =
        stack("press-4")
            .withProvisioner(keystores.certificate("press-4", old))
            .withConnection(Map.of("TruststoreKeystoreService.target", Gateway.target("Trust")));
    Thumbprints both = Thumbprints.of(old.thumbprint(), fresh.thumbprint());
    gateway
        .azure()
        .dps()
        .enrol(gateway.azure().dps().enrolment("press-4").with(new Attestation.Certificate(both)));
    stack.create().awaitConnectedTo(gateway.azure().hubA());
    // The hub learned of the old one alone. That it is told of both, ends the session.
    gateway.azure().hubA().registry().add("press-4", both);
    Await.until("back with the old one", () -> admitted("press-4").size() == 2);
    stack.awaitConnectedTo(gateway.azure().hubA());

    keystores.replace("press-4", fresh);

    Await.until(() -> "again; " + stack.info(), () -> admitted("press-4").size() > 2);
    String by = admitted("press-4").get(2);
    assertTrue(by, by.contains(fresh.thumbprint()));
    stack.awaitConnectedTo(gateway.azure().hubA());
    stack.awaitReceived(gateway.azure().hubA(), Set.of(stack.publish("with the new one")));
    keystores.delete();
  }

  /** By which credential hub A admitted the device each time. */
  private List<String> admitted(String deviceId) {
    return gateway.azure().hubA().log().all(HubEvent.Kind.CONNECTED).stream()
        .filter(event -> event.deviceId().equals(deviceId))
        .map(HubEvent::detail)
        .toList();
  }

  // ---- set-up

  private Stack stack(String name) {
    Stack stack = new Stack(gateway, name);
    stacks.add(stack);
    return stack;
  }

  private Stack connected(String name, Map<String, Object> provisioner) throws Exception {
    return stack(name).withProvisioner(new HashMap<>(provisioner)).create().awaitConnected();
  }
}
