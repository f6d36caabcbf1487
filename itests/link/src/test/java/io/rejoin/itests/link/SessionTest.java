/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import static io.rejoin.itests.link.Bed.DEVICE;
import static io.rejoin.itests.link.Bed.SOON;
import static io.rejoin.itests.link.Bed.message;
import static io.rejoin.itests.link.Bed.send;
import static io.rejoin.itests.link.Cloud.next;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.Feedback;
import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.MethodReply;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An open link: what goes up, what comes down, and how it ends in peace. */
class SessionTest {
  private static final int MANY = 20_000;

  private Bed bed;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    bed = new Bed();
    hub = bed.hub;
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void shouldSendAMessageWithAllItHas() {
    HubLink link = bed.open();
    OutgoingMessage message =
        new OutgoingMessage(
            "{\"t\":21.5}".getBytes(UTF_8),
            "id 1/é",
            "c-1",
            Instant.parse("2026-03-01T12:00:00.117Z").toEpochMilli(),
            "application/json",
            "utf-8",
            Map.of("asset", "press 7 & more = °C", "empty", "x"),
            1);

    assertEquals("confirmed", send(link, message).await());

    ReceivedMessage received = hub.journal().of(DEVICE).get(0);
    assertEquals("{\"t\":21.5}", received.text());
    assertEquals("id 1/é", received.messageId());
    assertEquals("c-1", received.correlationId());
    assertEquals("application/json", received.contentType());
    assertEquals("utf-8", received.contentEncoding());
    assertEquals("press 7 & more = °C", received.property("asset"));
    assertEquals("2026-03-01T12:00:00.117Z", received.properties().get("$.ctime"));
  }

  @Test
  void shouldInventNothingThatTheMessageDoesNotHave() {
    assertEquals("confirmed", send(bed.open(), message("m", "x")).await());

    Map<String, String> properties = hub.journal().of(DEVICE).get(0).properties();
    assertEquals(Map.of("$.mid", "m", "$.cdid", DEVICE), properties);
  }

  /** The SDK's own queue would let a few of them overtake. */
  @Test
  void shouldKeepTheOrder() {
    HubLink link = bed.open();
    Outcome last = null;
    for (int i = 0; i < MANY; i++) {
      last = send(link, message("m" + i, String.valueOf(i)));
    }

    assertEquals("confirmed", last.await());
    List<String> expected = IntStream.range(0, MANY).mapToObj(String::valueOf).toList();
    assertEquals(expected, texts());
  }

  @Test
  void shouldConfirmEachOfTwoMessagesWithTheSameId() {
    hub.faults().delayPuback(Duration.ofMillis(200));
    HubLink link = bed.open();

    Outcome first = send(link, message("twin", "a"));
    Outcome second = send(link, message("twin", "b"));

    assertEquals("confirmed", first.await());
    assertEquals("confirmed", second.await());
    assertEquals(List.of("a", "b"), texts());
  }

  @Test
  void shouldRefuseWhatCanNeverBeSentAndGoOn() {
    HubLink link = bed.open();

    assertTrue(send(link, message("m", "x".repeat(300_000))).await().startsWith("rejected: "));
    assertEquals("confirmed", send(link, message("m", "y")).await());
  }

  @Test
  void shouldSendTheLargestMessageThatIoTHubTakes() {
    assertEquals("confirmed", send(bed.open(), message("m", "x".repeat(262_144 - 409))).await());
  }

  @Test
  void shouldWorkWithACertificateOfAnyKeyManager() throws Exception {
    Identity identity = bed.azure.ca().issueClient(DEVICE);
    hub.registry().delete(DEVICE);
    hub.registry().add(DEVICE, Thumbprints.of(identity.certificate()));

    HubLink link = bed.open(bed.settings(identity).build(), new Events());

    assertEquals("confirmed", send(link, message("m", "x")).await());
    assertNull(link.tokenExpiresAt());
  }

  @Test
  void shouldTellWhenTheTokenRunsOutByTheGatewaysClock() {
    Instant before = bed.now();
    HubLink link =
        bed.open(
            bed.settings().tokenLife(Duration.ofHours(1)).clockSkew(Duration.ofMinutes(3)).build(),
            new Events());

    Duration life = Duration.between(before, link.tokenExpiresAt());
    assertTrue(
        life.toSeconds() >= 0.75 * 3600 - 1 && life.toSeconds() <= 0.95 * 3600 + 20,
        life::toString);
  }

  @Test
  void shouldConnectWithAWrongClockOnceItsErrorIsKnown() {
    bed.clockOffset = Duration.ofHours(-30);

    Events events = new Events();
    bed.start(bed.settings().build(), events);
    assertEquals(FailureKind.REFUSED, events.awaitOpenFailed().kind());
    bed.open(bed.settings().clockSkew(Duration.ofHours(30)).build(), new Events());
  }

  // ---- from the cloud

  @Test
  void shouldTakeAMessageWithItsProperties() throws Exception {
    bed.open();
    CompletableFuture<Feedback> feedback =
        hub.sendToDevice(DEVICE, ToDeviceMessage.of("hello").property("unit", "°C & more"));

    CloudMessage received = next(bed.cloud.messages);
    assertEquals("hello", new String(received.body(), UTF_8));
    assertEquals(Map.of("unit", "°C & more"), received.properties());
    assertTrue(received.systemProperties().containsKey("$.mid"), received::toString);
    assertEquals(Feedback.COMPLETED, feedback.get(20, SECONDS));
  }

  @Test
  void shouldGetAMessageAgainThatWasNotTaken() throws Exception {
    bed.cloud.onMessage = message -> false;
    HubLink link = bed.open();
    CompletableFuture<Feedback> feedback = hub.sendToDevice(DEVICE, ToDeviceMessage.of("hello"));
    next(bed.cloud.messages);
    bed.cloud.onMessage =
        message -> {
          throw new IllegalStateException("not now");
        };
    link.close();
    HubLink second = bed.open();
    next(bed.cloud.messages);
    bed.cloud.onMessage = message -> true;
    second.close();
    bed.open();

    next(bed.cloud.messages);
    assertEquals(Feedback.COMPLETED, feedback.get(20, SECONDS));
  }

  @Test
  void shouldAnswerAMethod() throws Exception {
    bed.cloud.answer = new DirectMethodAnswer(207, "{\"list\":[1,null,\"é\"]}");
    openSubscribed();

    MethodReply reply = hub.invokeMethod(DEVICE, "reboot", "{\"in\":5}").get(20, SECONDS);

    assertEquals(new MethodReply(207, "{\"list\":[1,null,\"é\"]}"), reply);
    assertEquals("reboot {\"in\":5}", next(bed.cloud.methods));
  }

  @Test
  void shouldPassAMethodWithoutPayloadAsNull() throws Exception {
    openSubscribed();

    hub.invokeMethod(DEVICE, "ping", "").get(20, SECONDS);

    assertEquals("ping null", next(bed.cloud.methods));
  }

  @Test
  void shouldAnswer500WhenAMethodFails() throws Exception {
    bed.cloud.answer = null;
    openSubscribed();

    assertEquals(500, hub.invokeMethod(DEVICE, "reboot", "").get(20, SECONDS).status());
  }

  @Test
  void shouldHearOfDesiredPropertiesAsTheyAre() throws Exception {
    openSubscribed();

    hub.patchDesired(DEVICE, "{\"interval\":{\"s\":5},\"gone\":null}");

    assertTrue(next(bed.cloud.desired).startsWith("{\"interval\":{\"s\":5},\"gone\":null,"));
  }

  @Test
  void shouldReadAndReportTheTwin() throws Exception {
    hub.patchDesired(DEVICE, "{\"interval\":5}");
    HubLink link = bed.open();

    get(link.report("{\"firmware\":{\"v\":\"1.2\"}}"));

    assertEquals("{\"firmware\":{\"v\":\"1.2\"}}", hub.reported(DEVICE).toString());
    String twin = get(link.twin());
    assertTrue(twin.contains("\"interval\":5") && twin.contains("\"v\":\"1.2\""), twin);
  }

  @Test
  void shouldTellThatTheTwinIsThrottled() {
    HubLink link = bed.open();
    hub.faults().answerTwin(429);

    ExecutionException e = assertThrows(ExecutionException.class, () -> get(link.twin()));

    LinkFailedException failed = (LinkFailedException) e.getCause();
    assertEquals(FailureKind.THROTTLED, failed.failure().kind());
  }

  // ---- ending

  @Test
  void shouldAnswerEverythingWhenClosed() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    Events events = new Events();
    HubLink link = bed.open(bed.settings().build(), events);
    Outcome outcome = send(link, message("m", "x"));
    hub.await(HubCount.MESSAGES, 1, SOON);

    link.close();

    assertTrue(outcome.isTold());
    assertTrue(outcome.await().startsWith("unconfirmed: "));
    assertEquals("unconfirmed: not connected", send(link, message("n", "y")).await());
    assertThrows(ExecutionException.class, () -> get(link.twin()));
    hub.awaitDisconnected(DEVICE, SOON);
    assertTrue(events.isEmpty());
  }

  @Test
  void shouldTakeLeaveOfTheHubProperly() {
    HubLink link = bed.open();
    send(link, message("m", "x")).await();

    link.close();

    hub.awaitDisconnected(DEVICE, SOON);
    assertTrue(hub.log().all().toString().contains("DISCONNECT"), () -> hub.log().all().toString());
  }

  @Test
  void shouldWaitForConfirmationsWhenDraining() throws Exception {
    hub.faults().delayPuback(Duration.ofMillis(300));
    HubLink link = bed.open();
    Outcome outcome = send(link, message("m", "x"));

    get(link.drain(Duration.ofSeconds(20)));

    assertTrue(outcome.isTold());
    assertEquals("confirmed", outcome.await());
    assertEquals("unconfirmed: not connected", send(link, message("n", "y")).await());
  }

  @Test
  void shouldNotDrainForEver() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    HubLink link = bed.open();
    Outcome outcome = send(link, message("m", "x"));

    get(link.drain(Duration.ofMillis(200)));

    assertFalse(outcome.isTold());
  }

  @Test
  void shouldHaveNothingToDrainWhenNothingIsOnItsWay() throws Exception {
    get(bed.open().drain(Duration.ofDays(1)));
  }

  /** A link whose subscriptions are there: the SDK does one thing after the other. */
  private void openSubscribed() throws Exception {
    get(bed.open().twin());
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private List<String> texts() {
    return hub.journal().of(DEVICE).stream().map(ReceivedMessage::text).toList();
  }
}
