/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.DpsClient.VERSION;
import static io.rejoin.azure.emulator.DpsClient.json;
import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rejoin.azure.emulator.dps.Allocation;
import io.rejoin.azure.emulator.dps.DpsCount;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import io.rejoin.azure.emulator.dps.DpsError;
import io.rejoin.azure.emulator.dps.DpsRequest;
import io.rejoin.azure.emulator.dps.Enrolment;
import io.rejoin.azure.emulator.dps.Reprovisioning;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provisioning service over HTTPS, as a device sees it. */
class DpsTest {
  private AzureEmulator azure;
  private DpsEmulator dps;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.start();
    dps = azure.dps();
    dps.enrol(DEVICE, azure.hubA());
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldAssignAfterPolling() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.pollsUntilAssigned(2);
    dps.retryAfter(Duration.ofSeconds(3));

    HttpResponse<String> accepted = device.register(dps);
    assertEquals(202, accepted.statusCode());
    assertEquals("3", accepted.headers().firstValue("Retry-After").orElseThrow());
    assertEquals("assigning", json(accepted).get("status").getAsString());
    String operation = json(accepted).get("operationId").getAsString();
    assertEquals(202, device.poll(dps, operation).statusCode());
    HttpResponse<String> done = device.poll(dps, operation);

    assertEquals(200, done.statusCode());
    assertEquals("assigned", json(done).get("status").getAsString());
    JsonObject state = json(done).getAsJsonObject("registrationState");
    assertEquals("127.0.1.2", state.get("assignedHub").getAsString());
    assertEquals(DEVICE, state.get("deviceId").getAsString());
    assertEquals("initialAssignment", state.get("substatus").getAsString());
    assertEquals(1, dps.counted(DpsCount.BILLED));
    assertEquals(2, dps.counted(DpsCount.POLLS));
  }

  @Test
  void shouldLetADeviceInThatWasAssigned() throws Exception {
    DpsClient.of(azure, DEVICE).provision(dps);

    try (SdkClient sdk = SdkClient.of(azure, azure.hubA()).open()) {
      assertTrue(azure.hubA().isConnected(DEVICE));
      assertEquals(
          dps.enrolment(DEVICE).deviceKey(DEVICE), azure.hubA().registry().primaryKey(DEVICE));
    }
  }

  @Test
  void shouldTellTheLastRegistrationNotTheEnrolment() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    assertError(DpsError.NOT_REGISTERED, device.lookup(dps));
    device.provision(dps);

    dps.moveEnrolment(DEVICE, azure.hubB());

    assertEquals("127.0.1.2", json(device.lookup(dps)).get("assignedHub").getAsString());
    JsonObject moved = device.provision(dps);
    assertEquals("127.0.1.3", moved.get("assignedHub").getAsString());
    assertEquals("deviceDataMigrated", moved.get("substatus").getAsString());
    assertEquals("127.0.1.3", json(device.lookup(dps)).get("assignedHub").getAsString());
    assertTrue(azure.hubA().registry().find(DEVICE).isEmpty());
    assertTrue(azure.hubB().registry().find(DEVICE).isPresent());
    assertEquals(2, dps.counted(DpsCount.BILLED));
    assertEquals(3, dps.counted(DpsCount.LOOKUPS));
  }

  @Test
  void shouldMigrateTheTwin() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    device.provision(dps);
    azure.hubA().patchDesired(DEVICE, "{\"interval\":5}");
    dps.moveEnrolment(DEVICE, azure.hubB());

    device.provision(dps);

    try (SdkClient sdk = SdkClient.of(azure, azure.hubB()).open()) {
      sdk.client().subscribeToDesiredProperties((twin, context) -> {}, null);
      assertTrue(sdk.twin().getDesiredProperties().containsKey("interval"));
    }
  }

  @Test
  void shouldLeaveADeviceWhoseEnrolmentNeverReprovisions() throws Exception {
    dps.enrol(dps.enrolment(DEVICE).with(Reprovisioning.NEVER));
    DpsClient device = DpsClient.of(azure, DEVICE);
    device.provision(dps);

    dps.moveEnrolment(DEVICE, azure.hubB());

    assertEquals("127.0.1.2", device.provision(dps).get("assignedHub").getAsString());
  }

  @Test
  void shouldCreateADeviceAgainThatItsHubHasLost() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    device.provision(dps);
    azure.hubA().registry().delete(DEVICE);

    device.provision(dps);

    assertTrue(azure.hubA().registry().find(DEVICE).isPresent());
  }

  @Test
  void shouldAdmitAGroupsDeviceByItsDerivedKey() throws Exception {
    Enrolment group = dps.enrol(Enrolment.group("pumps", "127.0.1.3"));
    DpsClient device = DpsClient.withKey(azure, "pump-7", group.deviceKey("pump-7"));

    assertEquals("127.0.1.3", device.provision(dps).get("assignedHub").getAsString());
    assertError(
        DpsError.UNAUTHORIZED,
        DpsClient.withKey(azure, "pump-8", group.deviceKey("pump-7")).register(dps));
  }

  @Test
  void shouldAdmitAKnownCertificate() throws Exception {
    Identity identity = azure.ca().issueClient("pump-7");
    dps.enrol(Enrolment.individual("pump-7", identity.certificate(), "127.0.1.2"));
    DpsClient device = new DpsClient(azure, azure.clientContext(identity), "pump-7", null);

    assertEquals("127.0.1.2", device.provision(dps).get("assignedHub").getAsString());
    assertEquals(
        Thumbprints.of(identity.certificate()),
        azure.hubA().registry().find("pump-7").orElseThrow().credential());
  }

  @Test
  void shouldAdmitACertificateOfAGroupsAuthority() throws Exception {
    dps.enrol(Enrolment.group("pumps", azure.ca().certificate(), "127.0.1.3"));
    Identity identity = azure.ca().issueClient("pump-7");
    DpsClient device = new DpsClient(azure, azure.clientContext(identity), "pump-7", null);
    DpsClient impostor = new DpsClient(azure, azure.clientContext(identity), "pump-8", null);

    assertEquals("127.0.1.3", device.provision(dps).get("assignedHub").getAsString());
    assertError(DpsError.UNAUTHORIZED, impostor.register(dps));
  }

  @Test
  void shouldRefuseAWrongKey() throws Exception {
    String otherKey = SymmetricKeys.generate().primary();

    assertError(DpsError.UNAUTHORIZED, DpsClient.withKey(azure, DEVICE, otherKey).register(dps));
  }

  @Test
  void shouldRefuseATokenThatExpiredByItsClock() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.clock().skew(Duration.ofHours(2));

    HttpResponse<String> refused = device.register(dps);

    assertError(DpsError.UNAUTHORIZED, refused);
    Instant date =
        Instant.from(
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                refused.headers().firstValue("Date").orElseThrow()));
    assertTrue(date.isAfter(Instant.now().plus(Duration.ofHours(1))), date.toString());
  }

  @Test
  void shouldRefuseAnUnknownIdScope() throws Exception {
    String path = "0ne0OTHER/registrations/" + DEVICE + "/register" + VERSION;

    assertError(DpsError.ID_SCOPE_NOT_FOUND, DpsClient.of(azure, DEVICE).send("PUT", path, "{}"));
  }

  @Test
  void shouldRefuseAnUnknownRegistration() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.deleteEnrolment(DEVICE);

    assertError(DpsError.ENROLMENT_NOT_FOUND, device.register(dps));
    assertError(DpsError.ENROLMENT_NOT_FOUND, device.lookup(dps));
    assertEquals(0, dps.counted(DpsCount.BILLED));
  }

  @Test
  void shouldRefuseAnOldOrMissingApiVersion() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    String path = dps.idScope() + "/registrations/" + DEVICE + "/register";

    assertError(DpsError.UNSUPPORTED_VERSION, device.send("PUT", path, "{}"));
    assertError(
        DpsError.UNSUPPORTED_VERSION, device.send("PUT", path + "?api-version=2018-11-01", "{}"));
  }

  @Test
  void shouldRefuseABodyForAnotherRegistration() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);

    assertError(DpsError.BAD_REQUEST, device.register(dps, "{\"registrationId\":\"other\"}"));
    assertError(DpsError.BAD_REQUEST, device.register(dps, "not JSON"));
  }

  @Test
  void shouldTellADisabledEnrolmentInEitherWay() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.disable(DEVICE);

    assertEquals("disabled", device.provision(dps).get("status").getAsString());
    dps.disabledIsUnauthorised(true);
    assertError(DpsError.UNAUTHORIZED, device.register(dps));
    assertEquals("disabled", registeredStatus());
    dps.enable(DEVICE);
    assertEquals("assigned", device.provision(dps).get("status").getAsString());
  }

  @Test
  void shouldReportAFailedAssignment() throws Exception {
    dps.faults().failAssignments(new DpsError(400207, "Custom allocation failed"));

    JsonObject state = DpsClient.of(azure, DEVICE).provision(dps);

    assertEquals("failed", state.get("status").getAsString());
    assertEquals(400207, state.get("errorCode").getAsInt());
    assertEquals("Custom allocation failed", state.get("errorMessage").getAsString());
    assertEquals("failed", registeredStatus());
  }

  @Test
  void shouldPassThePayloadToTheAllocationAndBack() throws Exception {
    Allocation byModel =
        (registrationId, payload) ->
            new Allocation.Target(
                payload != null && payload.getAsJsonObject().has("modelId")
                    ? "127.0.1.3"
                    : "127.0.1.2",
                new JsonPrimitive("welcome"));
    dps.enrol(dps.enrolment(DEVICE).with(byModel));

    JsonObject state =
        DpsClient.of(azure, DEVICE)
            .provision(
                dps,
                "{\"registrationId\":\"" + DEVICE + "\",\"payload\":{\"modelId\":\"dtmi:x;1\"}}");

    assertEquals("127.0.1.3", state.get("assignedHub").getAsString());
    assertEquals("welcome", state.get("payload").getAsString());
  }

  @Test
  void shouldThrottleRegistrationsAndLookups() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.limits().perMinute(2, 1);
    device.register(dps);
    device.register(dps);

    HttpResponse<String> third = device.register(dps);

    assertError(DpsError.THROTTLED, third);
    int seconds = Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(seconds > 20 && seconds <= 30, third.headers().toString());
    assertEquals(200, device.lookup(dps).statusCode());
    assertError(DpsError.THROTTLED, device.lookup(dps));
    assertEquals(2, dps.counted(DpsCount.THROTTLED));
    assertEquals(2, dps.counted(DpsCount.BILLED));
  }

  @Test
  void shouldThrottlePollingFasterThanFiveInTenSeconds() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.faults().stayAssigning(true);
    String operation = json(device.register(dps)).get("operationId").getAsString();
    for (int poll = 1; poll <= 5; poll++) {
      assertEquals(202, device.poll(dps, operation).statusCode());
    }

    assertError(DpsError.THROTTLED, device.poll(dps, operation));
  }

  @Test
  void shouldGiveScriptedAnswers() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    HttpReply busy = DpsError.THROTTLED.reply(Instant.now()).retryAfter(Duration.ofSeconds(17));
    dps.faults().answerNext(DpsRequest.REGISTER, busy, 1);
    dps.faults().answerNext(DpsRequest.LOOKUP, HttpReply.raw("garbage"), 1);
    dps.faults().answerNext(DpsRequest.POLL, HttpReply.status(503), 2);

    assertEquals("17", device.register(dps).headers().firstValue("Retry-After").orElseThrow());
    assertThrows(IOException.class, () -> device.lookup(dps));
    assertEquals(503, device.poll(dps, "4.x").statusCode());
    assertEquals(503, device.poll(dps, "4.x").statusCode());
    assertEquals("assigned", device.provision(dps).get("status").getAsString());
  }

  @Test
  void shouldAnswerSlowlyOrNotAtAll() throws Exception {
    DpsClient device = DpsClient.of(azure, DEVICE);
    dps.faults().delay(Duration.ofMillis(300));
    Instant asked = Instant.now();
    device.register(dps);
    assertFalse(Instant.now().isBefore(asked.plusMillis(300)));

    dps.faults().answerAll(HttpReply.hangUp());
    assertThrows(IOException.class, () -> device.register(dps));
    dps.faults().answerAll(HttpReply.status(200).after(Duration.ofMinutes(1)));
    assertThrows(HttpTimeoutException.class, () -> device.quick(dps));
  }

  /** What a lookup would tell. */
  private String registeredStatus() {
    return dps.registration(DEVICE).orElseThrow().status().name().toLowerCase(Locale.ROOT);
  }

  private static void assertError(DpsError expected, HttpResponse<String> response) {
    assertEquals(expected.status(), response.statusCode(), response.body());
    JsonObject body = json(response);
    assertEquals(expected.number(), body.get("errorCode").getAsInt());
    assertEquals(expected.message(), body.get("message").getAsString());
    assertFalse(body.get("trackingId").getAsString().isEmpty());
  }
}
