/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.dps.identity.Attestation;
import io.rejoin.azure.dps.protocol.DpsReply.Assigned;
import io.rejoin.azure.dps.protocol.DpsReply.Failed;
import io.rejoin.azure.dps.protocol.DpsReply.Fate;
import io.rejoin.azure.dps.protocol.DpsReply.NotRegistered;
import io.rejoin.azure.dps.testing.ScriptedTransport;
import io.rejoin.azure.dps.testing.VirtualTime;
import io.rejoin.provisioning.Assignment;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpsClientTest {

  private static final String ASSIGNING =
      "{\"operationId\":\"4.d0a671905ea5b2c8.e7173b7b\",\"status\":\"assigning\"}";
  private static final String STATE =
      """
      {"registrationId":"pump-7","createdDateTimeUtc":"2026-02-27T08:00:00Z",\
      "assignedHub":"hub-a.azure-devices.net","deviceId":"pump-seven","status":"assigned",\
      "substatus":"initialAssignment","lastUpdatedDateTimeUtc":"2026-02-28T22:02:50.7370676Z",\
      "etag":"IjVmMDEi","payload":{"site":"north"}}""";
  private static final String ASSIGNED =
      "{\"operationId\":\"4.d0a671905ea5b2c8.e7173b7b\",\"status\":\"assigned\","
          + "\"registrationState\":"
          + STATE
          + "}";
  private static final Assignment ASSIGNMENT =
      new Assignment(
          "hub-a.azure-devices.net",
          "pump-seven",
          Instant.parse("2026-02-28T22:02:50.7370676Z"),
          "IjVmMDEi",
          "{\"site\":\"north\"}");
  private static final String VERSION = "?api-version=2021-06-01";
  private static final String POLL =
      "/0ne1/registrations/pump-7/operations/4.d0a671905ea5b2c8.e7173b7b" + VERSION;

  private final ScriptedTransport service = new ScriptedTransport();
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T12:00:00Z"));
  private RandomGenerator random = new NoJitter();

  @Test
  void shouldRegisterAndPollUntilAHubIsAssigned() throws Exception {
    service.answer(202, ASSIGNING, "3", null);
    service.answer(202, ASSIGNING, "4", null);
    service.answer(200, ASSIGNED);

    DpsReply reply = register(null);

    assertEquals(new Assigned(ASSIGNMENT), reply);
    assertEquals(
        List.of(
            new DpsCall(
                "PUT",
                "/0ne1/registrations/pump-7/register" + VERSION,
                "{\"registrationId\":\"pump-7\"}"),
            new DpsCall("GET", POLL, null),
            new DpsCall("GET", POLL, null)),
        service.calls());
    assertEquals(List.of(Duration.ofSeconds(3), Duration.ofSeconds(4)), time.sleeps());
  }

  @Test
  void shouldTakeAHubThatIsAssignedAtOnce() throws Exception {
    service.answer(200, ASSIGNED);

    assertEquals(new Assigned(ASSIGNMENT), register(null));
  }

  @Test
  void shouldSendThePayloadAsAnObject() throws Exception {
    service.answer(200, ASSIGNED);

    register(JsonParser.parseString("{\"modelId\":\"dtmi:a:b;1\"}").getAsJsonObject());

    assertEquals(
        "{\"registrationId\":\"pump-7\",\"payload\":{\"modelId\":\"dtmi:a:b;1\"}}",
        service.calls().get(0).body());
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 1000", "2, 2000", "90, 90000", ", 3000", "nonsense, 3000"})
  void shouldPollAtTheServicesPaceAndNeverFasterThanOnceASecond(
      @Nullable String retryAfter, long expectedMillis) throws Exception {
    service.answer(202, ASSIGNING, retryAfter, null).answer(200, ASSIGNED);

    register(null);

    assertEquals(List.of(Duration.ofMillis(expectedMillis)), time.sleeps());
  }

  @Test
  void shouldUnderstandAPaceGivenAsDateByTheServicesClock() throws Exception {
    service.answer(
        202, ASSIGNING, "Sun, 01 Mar 2026 09:00:07 GMT", "Sun, 01 Mar 2026 09:00:00 GMT");
    service.answer(200, ASSIGNED);

    register(null);

    assertEquals(List.of(Duration.ofSeconds(7)), time.sleeps());
  }

  @Test
  void shouldAddJitterAndNeverShorten() throws Exception {
    random = new SplittableRandom(7);
    for (int i = 0; i < 20; i++) {
      service.answer(202, ASSIGNING, "4", null);
    }
    service.answer(200, ASSIGNED);

    register(null);

    for (Duration sleep : time.sleeps()) {
      assertTrue(sleep.toMillis() >= 4000 && sleep.toMillis() <= 5000, sleep.toString());
    }
    assertTrue(time.sleeps().stream().distinct().count() > 15);
  }

  /** The registration is paid for and goes on: a lost poll is no reason to pay again. */
  @Test
  void shouldGoOnPollingThroughPassingTrouble() throws Exception {
    service.answer(202, ASSIGNING, "3", null);
    service.answer(429, "{\"errorCode\":429001}", "17", null);
    service.answer(503, "", "2", null);
    service.answer(500, "", "9", null);
    service.fail(new IOException("Connection reset"));
    service.answer(200, ASSIGNED);

    DpsReply reply = register(null);

    assertEquals(new Assigned(ASSIGNMENT), reply);
    assertEquals(
        List.of(3L, 17L, 5L, 9L, 5L), time.sleeps().stream().map(Duration::toSeconds).toList());
    assertEquals(1, service.calls().stream().filter(c -> c.method().equals("PUT")).count());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void shouldNeverRepeatARegistrationThatFailed(int status) throws Exception {
    service.answer(status, "", "1", null);

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(status, failed.failure().httpStatus());
    assertEquals(Duration.ofSeconds(1), failed.failure().retryAfter());
    assertEquals(1, service.calls().size());
  }

  @Test
  void shouldNeverRepeatARegistrationThatWasNotSent() throws Exception {
    service.fail(new ConnectException("Connection refused"));

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.CONNECTION_REFUSED, failed.failure().kind());
    assertEquals(Fate.NOT_TAKEN_ON, failed.fate());
    assertEquals(1, service.calls().size());
  }

  @Test
  void shouldStopPollingWhenTheRegistrationIsRefused() throws Exception {
    service.answer(202, ASSIGNING, "3", null);
    service.answer(401, "{\"errorCode\":401002,\"message\":\"Unauthorized\"}");

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.PROVISIONING_UNAUTHORIZED, failed.failure().kind());
    assertEquals(401002, failed.failure().subCode());
    assertEquals(Fate.OPEN, failed.fate(), "the registration itself was accepted");
  }

  @Test
  void shouldGiveUpWhenTheTotalLimitIsReached() throws Exception {
    for (int i = 0; i < 9; i++) {
      service.answer(202, ASSIGNING, "20", null);
    }

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.PROVISIONING_FAILED, failed.failure().kind());
    assertEquals(Fate.OPEN, failed.fate());
    assertTrue(failed.failure().detail().contains("180 s"), failed.failure().detail());
    assertTrue(time.sleeps().stream().reduce(Duration.ZERO, Duration::plus).toSeconds() <= 180);
  }

  @Test
  void shouldNotWaitAtAllForAPollBeyondTheTotalLimit() throws Exception {
    service.answer(202, ASSIGNING, "3600", null);

    assertInstanceOf(Failed.class, register(null));

    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void shouldNameTheTroubleThatUsedTheTimeUp() throws Exception {
    service.answer(202, ASSIGNING, "3", null);
    service.answer(429, "", "3600", null);

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.THROTTLED, failed.failure().kind());
    assertEquals(Fate.OPEN, failed.fate(), "the registration was accepted, so it is billed");
  }

  @Test
  void shouldLimitEachRequestByWhatIsLeftOfTheWhole() throws Exception {
    service.answer(202, ASSIGNING, "150", null).answer(200, ASSIGNED);

    register(null);

    assertEquals(List.of(Duration.ofSeconds(60), Duration.ofSeconds(30)), service.limits());
  }

  /** A lookup may come before a registration in one conversation. */
  @Test
  void shouldCountTheTotalLimitOverAllQuestions() throws Exception {
    DpsClient client = client();
    service.answer(404, "");
    assertEquals(new NotRegistered(), client.lookup());
    time.pass(Duration.ofSeconds(170));
    service.answer(202, ASSIGNING, "3", null).answer(202, ASSIGNING, "30", null);

    assertInstanceOf(Failed.class, client.register(null));
    assertEquals(Duration.ofSeconds(10), service.limits().get(1));

    time.pass(Duration.ofSeconds(10));
    Failed late = assertInstanceOf(Failed.class, client.register(null));
    assertEquals(Fate.NOT_TAKEN_ON, late.fate());
    assertEquals(3, service.calls().size(), "nothing is sent any more");
  }

  @Test
  void shouldTellAFailedRegistration() throws Exception {
    service.answer(202, ASSIGNING, "3", null);
    service.answer(
        200,
        "{\"operationId\":\"4.d\",\"status\":\"failed\",\"registrationState\":{\"status\":\"failed\","
            + "\"errorCode\":400207,\"errorMessage\":\"Custom allocation failed\"}}");

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.PROVISIONING_FAILED, failed.failure().kind());
    assertEquals(400207, failed.failure().subCode());
    assertTrue(failed.failure().detail().contains("Custom allocation failed"));
    assertEquals(Fate.ENDED, failed.fate());
  }

  @Test
  void shouldTellADisabledEnrolment() throws Exception {
    service.answer(
        200,
        "{\"operationId\":\"\",\"status\":\"disabled\",\"registrationState\":{\"status\":"
            + "\"disabled\"}}");

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.ENROLMENT_DISABLED, failed.failure().kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\":\"assigned\"}",
        "{\"status\":\"assigning\"}",
        "{\"status\":\"assigned\",\"registrationState\":{\"assignedHub\":\"hub\"}}",
        "{\"status\":\"assigned\",\"registrationState\":[]}",
        "{\"status\":\"assigned\",\"registrationState\":"
            + "{\"assignedHub\":\"https://hub/\",\"deviceId\":\"d\"}}",
        "{\"status\":\"brand new\",\"registrationState\":"
            + "{\"assignedHub\":\"hub\",\"deviceId\":\"d\"}}"
      })
  void shouldNotBelieveAnAnswerThatNamesNoHub(String body) throws Exception {
    service.answer(200, body);

    Failed failed = assertInstanceOf(Failed.class, register(null));

    assertEquals(FailureKind.PROVISIONING_FAILED, failed.failure().kind());
    assertEquals(200, failed.failure().httpStatus());
  }

  @Test
  void shouldUseItsOwnClockWhenTheServiceNamesNoTime() throws Exception {
    service.answer(
        200,
        "{\"status\":\"Assigned\",\"registrationState\":"
            + "{\"assignedHub\":\"hub\",\"deviceId\":\"d\"}}");

    Assigned assigned = assertInstanceOf(Assigned.class, register(null));

    assertEquals(new Assignment("hub", "d", time.wallTime(), "", ""), assigned.assignment());
  }

  @Test
  void shouldLookTheLastRegistrationUp() throws Exception {
    service.answer(200, STATE);

    assertEquals(new Assigned(ASSIGNMENT), client().lookup());

    assertEquals(
        List.of(
            new DpsCall(
                "POST", "/0ne1/registrations/pump-7" + VERSION, "{\"registrationId\":\"pump-7\"}")),
        service.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unassigned", "failed"})
  void shouldAskForARegistrationWhereThereIsNoneThatHolds(String status) throws Exception {
    service.answer(200, "{\"status\":\"" + status + "\"}");

    assertEquals(new NotRegistered(), client().lookup());
  }

  @Test
  void shouldAskForARegistrationWhereThereIsNone() throws Exception {
    service.answer(404, "{\"errorCode\":404201,\"message\":\"Registration not found.\"}");

    assertEquals(new NotRegistered(), client().lookup());
  }

  @Test
  void shouldNotTakeAnUnknownIdScopeForAMissingRegistration() throws Exception {
    service.answer(404, "{\"errorCode\":404002,\"message\":\"ID scope not found.\"}");

    Failed failed = assertInstanceOf(Failed.class, client().lookup());

    assertEquals(FailureKind.ID_SCOPE_UNKNOWN, failed.failure().kind());
  }

  @Test
  void shouldLookAgainWhileTheLastRegistrationIsUnderWay() throws Exception {
    service.answer(200, "{\"status\":\"assigning\"}", "5", null).answer(200, STATE);

    assertEquals(new Assigned(ASSIGNMENT), client().lookup());

    assertEquals(List.of(Duration.ofSeconds(5)), time.sleeps());
  }

  @Test
  void shouldTellADisabledEnrolmentOnLookup() throws Exception {
    service.answer(200, "{\"status\":\"disabled\"}");

    Failed failed = assertInstanceOf(Failed.class, client().lookup());

    assertEquals(FailureKind.ENROLMENT_DISABLED, failed.failure().kind());
  }

  @Test
  void shouldNeverRepeatALookupThatFailed() throws Exception {
    service.answer(429, "", "30", null);

    Failed failed = assertInstanceOf(Failed.class, client().lookup());

    assertEquals(Duration.ofSeconds(30), failed.failure().retryAfter());
    assertEquals(1, service.calls().size());
  }

  @Test
  void shouldEscapeWhatNamesAreMadeOf() throws Exception {
    service.answer(202, ASSIGNING.replace("4.d0", "4/d?"), "3", null).answer(200, ASSIGNED);

    client(new Registration("0ne1", "a:b")).register(null);

    assertEquals("/0ne1/registrations/a%3Ab/register" + VERSION, service.calls().get(0).path());
    assertTrue(service.calls().get(1).path().contains("/operations/4%2Fd%3Fa671905"));
    assertNull(service.calls().get(1).body());
  }

  private DpsReply register(@Nullable JsonObject payload) throws InterruptedException {
    return client().register(payload);
  }

  private DpsClient client() {
    return client(new Registration("0ne1", "pump-7"));
  }

  private DpsClient client(Registration registration) {
    return new DpsClient(
        service,
        registration,
        new DpsErrors(Attestation.SYMMETRIC_KEY, new FakeDiagnosis(false, false)),
        new DpsLimits(Duration.ofSeconds(60), Duration.ofSeconds(180)),
        time,
        random);
  }

  private static final class NoJitter implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public double nextDouble() {
      return 0;
    }
  }
}
