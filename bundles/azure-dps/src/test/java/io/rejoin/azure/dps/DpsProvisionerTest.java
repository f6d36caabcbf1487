/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.rejoin.azure.dps.testing.ConnectProxy;
import io.rejoin.azure.dps.testing.FakeKura;
import io.rejoin.azure.dps.testing.ScriptedService;
import io.rejoin.azure.dps.testing.TestKeys;
import io.rejoin.azure.dps.testing.VirtualTime;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.provisioning.ProvisioningResult.Assigned;
import io.rejoin.provisioning.ProvisioningResult.Failed;
import io.rejoin.provisioning.ProvisioningResult.NotRegistered;
import io.rejoin.retry.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpsProvisionerTest {

  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ASSIGNING = "{\"operationId\":\"4.d\",\"status\":\"assigning\"}";

  @TempDir Path data;

  private final VirtualTime time = new VirtualTime(NOW);
  private ScriptedService service = new ScriptedService();
  private final Map<String, Object> properties = new HashMap<>();
  private DpsProvisioner provisioner;

  @AfterEach
  void stop() {
    if (provisioner != null) {
      provisioner.deactivate();
    }
    service.close();
  }

  @Test
  void shouldRegisterPollAndKeepTheAssignment() throws Exception {
    givenProvisioner();
    service.answer(202, ASSIGNING, "Retry-After", "3").answer(200, operation("hub-a"));

    Assigned assigned = assertInstanceOf(Assigned.class, register("first start"));

    assertEquals("hub-a", assigned.assignment().hubHostName());
    assertEquals(Optional.of(assigned.assignment()), provisioner.cachedAssignment());
    assertEquals(List.of("PUT", "GET"), service.seen().stream().map(s -> s.method()).toList());
    assertTrue(
        service
            .seen()
            .get(0)
            .authorization()
            .startsWith("SharedAccessSignature sr=0ne1/registrations/pump-7&sig="));
    assertTrue(
        service
            .seen()
            .get(0)
            .authorization()
            .endsWith(
                "&se=" + NOW.plus(Duration.ofHours(1)).getEpochSecond() + "&skn=registration"));
  }

  @Test
  void shouldKnowItsHubAfterARestartWithoutACall() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a"));
    register("first start");

    whenRestarted();

    assertEquals("hub-a", provisioner.cachedAssignment().orElseThrow().hubHostName());
    assertEquals(1, service.seen().size());
    ProvisionerStatus status = provisioner.status();
    assertEquals("first start", status.lastReason());
    assertEquals(NOW, status.lastRegisteredAt());
    assertEquals("0ne1 at " + service.endpoint() + " as pump-7", status.service());
    assertEquals("", status.problem());
  }

  @Test
  void shouldKeepItsBudgetOverRestartsAndSayWhenItRefills() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a"));
    register("first start");
    whenRestarted();

    Failed failed = assertInstanceOf(Failed.class, register("again"));

    assertEquals(FailureKind.PROVISIONING_BUDGET_EMPTY, failed.failure().kind());
    assertEquals(Duration.ofHours(8), failed.failure().retryAfter());
    assertEquals(0, provisioner.status().budgetLeft());
    assertEquals(NOW.plus(Duration.ofHours(8)), provisioner.status().nextBudgetAt());
    assertEquals(1, service.seen().size());
  }

  @Test
  void shouldLetAnOperatorOverdrawByOne() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a")).answer(200, operation("hub-b"));
    register("first start");

    assertInstanceOf(Assigned.class, ask(Operation.REGISTER, "operator", true));
    Failed failed = assertInstanceOf(Failed.class, ask(Operation.REGISTER, "operator", true));

    assertEquals(FailureKind.PROVISIONING_BUDGET_EMPTY, failed.failure().kind());
    assertEquals(Duration.ofHours(16), failed.failure().retryAfter());
  }

  @Test
  void shouldRefillItsBudgetAfterAClockThatWasAhead() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a")).answer(200, operation("hub-b"));
    time.jumpTo(NOW.plus(Duration.ofDays(37)));
    register("first start");
    time.jumpTo(NOW);

    Failed failed = assertInstanceOf(Failed.class, register("again"));

    assertEquals(FailureKind.PROVISIONING_BUDGET_EMPTY, failed.failure().kind());
    assertEquals(Duration.ofHours(8), failed.failure().retryAfter());
    time.pass(Duration.ofHours(8));
    assertInstanceOf(Assigned.class, register("again"));
  }

  @Test
  void shouldHavePaidOnDiskBeforeItAsks() throws Exception {
    givenProvisioner();
    StringBuilder onDisk = new StringBuilder();
    service.then(
        exchange -> {
          onDisk.append(Files.readString(file()));
          ScriptedService.reply(exchange, 200, operation("hub-a"));
        });

    register("first start");

    assertTrue(onDisk.toString().contains("\"left\": 0"), onDisk.toString());
  }

  @Test
  void shouldGetAThrottledRegistrationBack() throws Exception {
    givenProvisioner();
    service.answer(429, "", "Retry-After", "30");

    Failed failed = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.THROTTLED, failed.failure().kind());
    assertEquals(Duration.ofSeconds(30), failed.failure().retryAfter());
    assertEquals(1, provisioner.status().budgetLeft());
    whenRestarted();
    assertEquals(1, provisioner.status().budgetLeft());
  }

  @Test
  void shouldGetARegistrationBackThatWasNeverSent() throws Exception {
    givenProvisioner();
    service.close();

    Failed failed = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.CONNECTION_REFUSED, failed.failure().kind());
    assertEquals(1, provisioner.status().budgetLeft());
  }

  @Test
  void shouldNotGetARegistrationBackThatMayBeBilled() throws Exception {
    givenProvisioner();
    service.then(HttpExchange::close);

    Failed failed = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.CONNECTION_CLOSED, failed.failure().kind());
    assertEquals(0, provisioner.status().budgetLeft());
  }

  /** The connection was lost after the registration was accepted; its result is there, and paid. */
  @Test
  void shouldLookAnOpenRegistrationUpBeforeItPaysAgain() throws Exception {
    givenProvisioner();
    service.then(HttpExchange::close);
    assertInstanceOf(Failed.class, register("first start"));

    service.answer(200, state("hub-a"));
    Assigned assigned = assertInstanceOf(Assigned.class, register("second try"));

    assertEquals("hub-a", assigned.assignment().hubHostName());
    assertEquals(List.of("PUT", "POST"), service.seen().stream().map(s -> s.method()).toList());
    assertEquals("second try", provisioner.status().lastReason());
    assertFalse(Files.readString(file()).contains("registrationOpenSince"));
  }

  @Test
  void shouldLookUpWhatACrashLeftOpen() throws Exception {
    givenProvisioner();
    CountDownLatch asked = new CountDownLatch(1);
    service.then(exchange -> asked.countDown());
    CompletionStage<ProvisioningResult> under =
        provisioner.provision(new ProvisioningRequest(Operation.REGISTER, "first start", false));
    await(asked);
    whenRestarted();
    assertInstanceOf(Failed.class, get(under));

    service.answer(200, state("hub-a"));

    assertInstanceOf(Assigned.class, register("first start"));
    assertEquals(0, provisioner.status().budgetLeft());
  }

  @Test
  void shouldRegisterAfterAllWhenTheOpenOneCameToNothing() throws Exception {
    properties.put("budget.at.once", 2);
    givenProvisioner();
    service.answer(200, operation("hub-a")).then(HttpExchange::close);
    register("first start");
    register("moved");

    service.answer(200, state("hub-a")).answer(200, operation("hub-b"));
    Failed empty = assertInstanceOf(Failed.class, register("moved"));
    assertEquals(FailureKind.PROVISIONING_BUDGET_EMPTY, empty.failure().kind());

    Assigned moved = assertInstanceOf(Assigned.class, ask(Operation.REGISTER, "operator", true));
    assertEquals("hub-b", moved.assignment().hubHostName());
  }

  /** A person who asks has changed something since. */
  @Test
  void shouldRegisterAtOnceForAnOperator() throws Exception {
    givenProvisioner();
    service.then(HttpExchange::close);
    register("first start");

    service.answer(200, operation("hub-b"));

    assertInstanceOf(Assigned.class, ask(Operation.REGISTER, "operator", true));
    assertEquals(List.of("PUT", "PUT"), service.seen().stream().map(s -> s.method()).toList());
  }

  @Test
  void shouldLookUpForFreeAndMove() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a")).answer(200, state("hub-b"));
    register("first start");

    Assigned moved = assertInstanceOf(Assigned.class, lookup());

    assertEquals("hub-b", moved.assignment().hubHostName());
    whenRestarted();
    assertEquals("hub-b", provisioner.cachedAssignment().orElseThrow().hubHostName());
    assertEquals("first start", provisioner.status().lastReason());
  }

  @Test
  void shouldSayThatThereIsNoRegistration() throws Exception {
    givenProvisioner();
    service.answer(404, "{\"errorCode\":404201}");

    assertEquals(new NotRegistered(), lookup());
  }

  @Test
  void shouldSendPayloadAndModel() throws Exception {
    properties.put("custom.payload", "{\"site\": \"north\"}");
    properties.put("model.id", "dtmi:com:example:Gateway;1");
    givenProvisioner();
    service.answer(200, operation("hub-a"));

    register("first start");

    assertEquals(
        "{\"registrationId\":\"pump-7\",\"payload\":{\"site\":\"north\","
            + "\"modelId\":\"dtmi:com:example:Gateway;1\"}}",
        service.seen().get(0).body());
  }

  @Test
  void shouldNotAskWhileTheClockIsImplausible() throws Exception {
    givenProvisioner();
    time.jumpTo(Instant.parse("1970-01-01T00:01:00Z"));

    Failed failed = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.CLOCK_WRONG, failed.failure().kind());
    assertEquals(0, service.seen().size());
    time.jumpTo(NOW);
    assertEquals(1, provisioner.status().budgetLeft());
  }

  @Test
  void shouldTakeAnEncryptedKeyForTheSame() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a"));
    register("first start");
    DeviceCredential before = provisioner.credential().orElseThrow();

    properties.put("symmetric.key", FakeKura.encrypted(KEY));
    provisioner.updated(properties);

    assertEquals(before, provisioner.credential().orElseThrow());
    assertEquals("", provisioner.status().problem());
  }

  @Test
  void shouldBeUsableAsSoonAsItsConfigurationIs() throws Exception {
    properties.put("kura.service.pid", "cloud-dps");
    provisioner = create();
    provisioner.bindSslManagerService(FakeKura.sslManagerService(TestKeys.server()));
    assertTrue(provisioner.status().problem().contains("id.scope is missing"));
    assertEquals(Optional.empty(), provisioner.credential());
    assertEquals(Optional.empty(), provisioner.cachedAssignment());
    Failed failed = assertInstanceOf(Failed.class, register("too early"));
    assertEquals(FailureKind.MISCONFIGURED, failed.failure().kind());

    configure();
    provisioner.updated(properties);

    assertEquals("", provisioner.status().problem());
    service.answer(200, operation("hub-a"));
    assertInstanceOf(Assigned.class, register("first start"));
  }

  @Test
  void shouldKeepTheLastGoodConfiguration() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a"));
    register("first start");

    properties.put("registration.id", "pump 7");
    properties.put("request.timeout.seconds", 0);
    provisioner.updated(properties);

    String problem = provisioner.status().problem();
    assertTrue(problem.contains("registration.id") && problem.contains("from 1 to 300"), problem);
    assertEquals("hub-a", provisioner.cachedAssignment().orElseThrow().hubHostName());
    service.answer(200, state("hub-b"));
    assertInstanceOf(Assigned.class, lookup());
  }

  @Test
  void shouldForgetTheAssignmentOfAnotherRegistration() throws Exception {
    givenProvisioner();
    service.answer(200, operation("hub-a"));
    register("first start");

    properties.put("registration.id", "pump-8");
    provisioner.updated(properties);

    assertEquals(Optional.empty(), provisioner.cachedAssignment());
    assertEquals(1, provisioner.status().budgetLeft());
    assertTrue(provisioner.status().problem().contains("set aside as"));
  }

  @Test
  void shouldWorkWithoutADiskAndSayIt() throws Exception {
    Files.writeString(data.resolve("rejoin"), "a file where a directory should be");
    givenProvisioner();
    service.answer(200, operation("hub-a"));

    assertInstanceOf(Assigned.class, register("first start"));

    assertTrue(provisioner.status().problem().contains("cannot write"));
    assertEquals("hub-a", provisioner.cachedAssignment().orElseThrow().hubHostName());
    properties.put("total.timeout.seconds", 60);
    provisioner.updated(properties);
    assertEquals("hub-a", provisioner.cachedAssignment().orElseThrow().hubHostName());
    assertEquals(0, provisioner.status().budgetLeft());
  }

  @Test
  void shouldSayThatKuraNamesNoDataDirectory() {
    configure();
    provisioner =
        new DpsProvisioner(
            FakeKura.cryptoService(),
            FakeKura.systemService(null),
            properties,
            new Registrar.Environment(time, new SplittableRandom(1), BUILT));

    assertTrue(provisioner.status().problem().contains("kura.data"));
  }

  @Test
  void shouldSayThatTheSslManagerServiceCannotBeUsed() throws Exception {
    givenProvisioner();
    provisioner.bindSslManagerService(FakeKura.brokenSslManagerService());

    Failed failed = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.MISCONFIGURED, failed.failure().kind());
    assertTrue(failed.failure().detail().contains("SslManagerService.target"));
    assertEquals(1, provisioner.status().budgetLeft());
  }

  /** A lookup that the connection asked for tells the end of an open registration as well. */
  @Test
  void shouldCloseAnOpenRegistrationByALookup() throws Exception {
    properties.put("budget.at.once", 2);
    givenProvisioner();
    service.then(HttpExchange::close);
    register("first start");
    service.answer(200, state("hub-a"));
    lookup();

    service.answer(200, operation("hub-b"));

    Assigned moved = assertInstanceOf(Assigned.class, register("the hub is gone"));
    assertEquals("hub-b", moved.assignment().hubHostName());
  }

  @Test
  void shouldAskOnlyOneThingAtATime() throws Exception {
    givenProvisioner();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    service.then(
        exchange -> {
          asked.countDown();
          await(end);
          ScriptedService.reply(exchange, 200, operation("hub-a"));
        });
    CompletionStage<ProvisioningResult> first =
        provisioner.provision(new ProvisioningRequest(Operation.REGISTER, "first start", false));
    await(asked);

    Failed failed = assertInstanceOf(Failed.class, lookup());

    assertTrue(failed.failure().detail().contains("under way"));
    end.countDown();
    assertInstanceOf(Assigned.class, get(first));
    service.answer(200, state("hub-a"));
    assertInstanceOf(Assigned.class, lookup());
  }

  @Test
  void shouldGiveUpAtOnceWhenItIsStopped() throws Exception {
    givenProvisioner();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    service.then(
        exchange -> {
          asked.countDown();
          await(end);
          ScriptedService.reply(exchange, 200, operation("hub-a"));
        });
    CompletionStage<ProvisioningResult> under =
        provisioner.provision(new ProvisioningRequest(Operation.REGISTER, "first start", false));
    await(asked);

    provisioner.deactivate();

    Failed failed = assertInstanceOf(Failed.class, get(under));
    assertTrue(failed.failure().detail().contains("stopped"), failed.failure().detail());
    String onDisk = Files.readString(file());
    assertFalse(onDisk.contains("assignment\":"), onDisk);
    assertTrue(onDisk.contains("\"left\": 0"), "it may be billed: " + onDisk);
    end.countDown();
    assertInstanceOf(Failed.class, register("after the end"));
  }

  @Test
  void shouldNotDisturbARequestByAnUpdateThatChangesNothing() throws Exception {
    givenProvisioner();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch updated = new CountDownLatch(1);
    service.then(
        exchange -> {
          asked.countDown();
          await(updated);
          ScriptedService.reply(exchange, 200, operation("hub-a"));
        });
    CompletionStage<ProvisioningResult> under =
        provisioner.provision(new ProvisioningRequest(Operation.REGISTER, "first start", false));
    await(asked);

    properties.put("symmetric.key", FakeKura.encrypted(KEY));
    provisioner.updated(properties);
    updated.countDown();

    assertInstanceOf(Assigned.class, get(under));
  }

  @Test
  void shouldGiveARequestUpWhenItsConfigurationChanges() throws Exception {
    givenProvisioner();
    CountDownLatch asked = new CountDownLatch(1);
    service.then(exchange -> asked.countDown());
    CompletionStage<ProvisioningResult> under =
        provisioner.provision(new ProvisioningRequest(Operation.LOOKUP, "first start", false));
    await(asked);

    properties.put("total.timeout.seconds", 60);
    provisioner.updated(properties);

    assertInstanceOf(Failed.class, get(under));
    service.answer(200, state("hub-b"));
    assertInstanceOf(Assigned.class, lookup());
  }

  @Test
  void shouldLogNoSecret() throws Exception {
    PrintStream console = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (ConnectProxy proxy = new ConnectProxy("Basic something else")) {
      properties.put("custom.payload", "no JSON");
      givenProvisioner();
      properties.remove("custom.payload");
      properties.put("proxy.host", "127.0.0.1");
      properties.put("proxy.port", proxy.port());
      properties.put("proxy.user", "gateway");
      properties.put("proxy.password", "open sesame");
      provisioner.updated(properties);
      register("first start");
      properties.remove("proxy.host");
      provisioner.updated(properties);
      service.answer(401, "{\"errorCode\":401002}").answer(200, operation("hub-a"));
      register("first start");
      register("second try");
    } finally {
      System.setErr(console);
    }

    String text = log.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("the proxy refused"), text);
    // The test's clock is not the server's.
    assertTrue(text.contains("the gateway's clock is wrong") && text.contains("hub-a"), text);
    assertFalse(text.contains(KEY) || text.contains("sesame") || text.contains("sig="), text);
  }

  @Test
  void shouldRegisterWithACertificate() throws Exception {
    KeyStore device = TestKeys.device("pump-7");
    givenServiceThatAsksForCertificates(device, TestKeys.device("other"));
    configureX509();
    provisioner = create();
    KeyStore both = TestKeys.together(Map.of("other", TestKeys.device("other"), "dev", device));
    provisioner.bindKeystoreService(FakeKura.keystoreService(both));
    provisioner.bindSslManagerService(FakeKura.sslManagerService(TestKeys.server()));
    service.answer(200, operation("hub-a"));

    assertInstanceOf(Assigned.class, register("first start"));

    assertEquals("CN=pump-7", service.seen().get(0).client());
    assertEquals("", service.seen().get(0).authorization());
    DeviceCredential.Certificate credential =
        assertInstanceOf(
            DeviceCredential.Certificate.class, provisioner.credential().orElseThrow());
    assertEquals(TestKeys.certificate(device), credential.certificate());
  }

  @Test
  void shouldSayWhatIsMissingOfACertificate() throws Exception {
    configureX509();
    provisioner = create();
    assertTrue(provisioner.status().problem().contains("KeystoreService.target"));

    provisioner.bindKeystoreService(FakeKura.keystoreService(TestKeys.device("pump-7")));

    assertTrue(provisioner.status().problem().contains("alias dev"));
    Failed failed = assertInstanceOf(Failed.class, register("first start"));
    assertEquals(FailureKind.MISCONFIGURED, failed.failure().kind());
    assertEquals(1, provisioner.status().budgetLeft());
  }

  @Test
  void shouldCheckItsOwnCertificateBefore() throws Exception {
    configureX509();
    provisioner = create();
    provisioner.bindKeystoreService(
        FakeKura.keystoreService(
            TestKeys.together(Map.of("dev", TestKeys.device("pump-7", "2026/02/01", 365)))));

    time.jumpTo(Instant.parse("2028-01-01T00:00:00Z"));
    Failed expired = assertInstanceOf(Failed.class, register("first start"));
    time.jumpTo(Instant.parse("2026-01-15T00:00:00Z"));
    Failed early = assertInstanceOf(Failed.class, register("first start"));

    assertEquals(FailureKind.OWN_CERTIFICATE_EXPIRED, expired.failure().kind());
    assertEquals(FailureKind.OWN_CERTIFICATE_NOT_YET_VALID, early.failure().kind());
    assertEquals(0, service.seen().size());
  }

  @Test
  void shouldNotLoseANewServiceWhenTheOldOneGoesAfterwards() throws Exception {
    configureX509();
    provisioner = create();
    var old = FakeKura.keystoreService(TestKeys.empty());
    provisioner.bindKeystoreService(old);
    provisioner.bindKeystoreService(
        FakeKura.keystoreService(TestKeys.together(Map.of("dev", TestKeys.device("pump-7")))));
    provisioner.unbindKeystoreService(old);

    assertEquals("", provisioner.status().problem());
  }

  @Test
  void shouldShowNoSecret() throws Exception {
    properties.put("proxy.host", "proxy.example");
    properties.put("proxy.user", "gateway");
    properties.put("proxy.password", "open sesame");
    givenProvisioner();

    String everything =
        provisioner.status()
            + " "
            + provisioner.credential()
            + SettingsReader.read(properties, s -> s).settings();

    assertFalse(everything.contains(KEY), everything);
    assertFalse(everything.contains("sesame"), everything);
  }

  private void configure() {
    properties.put("kura.service.pid", "cloud-dps");
    properties.put("id.scope", "0ne1");
    properties.put("registration.id", "pump-7");
    properties.put("symmetric.key", KEY);
    properties.put("global.endpoint", service.endpoint());
    properties.put("request.timeout.seconds", 20);
  }

  private void configureX509() {
    configure();
    properties.put("attestation", "x509");
    properties.put("keystore.alias", "dev");
  }

  private void givenProvisioner() {
    configure();
    provisioner = create();
    provisioner.bindSslManagerService(FakeKura.sslManagerService(TestKeys.server()));
  }

  private void givenServiceThatAsksForCertificates(KeyStore... trusted) {
    service.close();
    service = new ScriptedService(TestKeys.context(TestKeys.server(), trusted), true);
  }

  private DpsProvisioner create() {
    return new DpsProvisioner(
        FakeKura.cryptoService(),
        FakeKura.systemService(data),
        properties,
        new Registrar.Environment(time, new SplittableRandom(1), BUILT));
  }

  private void whenRestarted() {
    provisioner.deactivate();
    provisioner = create();
    provisioner.bindSslManagerService(FakeKura.sslManagerService(TestKeys.server()));
  }

  private ProvisioningResult register(String reason) throws Exception {
    return ask(Operation.REGISTER, reason, false);
  }

  private ProvisioningResult lookup() throws Exception {
    return ask(Operation.LOOKUP, "the hub is silent", false);
  }

  private ProvisioningResult ask(Operation operation, String reason, boolean byOperator)
      throws Exception {
    return get(provisioner.provision(new ProvisioningRequest(operation, reason, byOperator)));
  }

  private static ProvisioningResult get(CompletionStage<ProvisioningResult> stage)
      throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Path file() {
    return data.resolve("rejoin").resolve("cloud-dps.dps.json");
  }

  private static String state(String hub) {
    return "{\"status\":\"assigned\",\"assignedHub\":\"" + hub + "\",\"deviceId\":\"pump-7\"}";
  }

  private static String operation(String hub) {
    return "{\"operationId\":\"4.d\",\"status\":\"assigned\",\"registrationState\":"
        + state(hub)
        + "}";
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
