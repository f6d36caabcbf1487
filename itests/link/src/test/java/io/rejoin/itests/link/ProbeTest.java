/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import static io.rejoin.itests.link.Bed.DEVICE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.ErrorShape;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubError;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.probe.HttpsHubProbe;
import io.rejoin.azure.iothub.link.probe.ProbeAnswer;
import io.rejoin.azure.iothub.link.probe.ProbeRecorder;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Asking the hub why. The emulator's answers are those that Microsoft's SDKs expect. */
class ProbeTest {
  private Bed bed;
  private HubEmulator hub;
  private HttpsHubProbe probe;

  @BeforeEach
  void start() throws IOException {
    bed = new Bed();
    hub = bed.hub;
    probe = new HttpsHubProbe(bed.runtime, null);
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  @Test
  void shouldBeAcceptedAndChangeNothing() {
    hub.sendToDevice(DEVICE, ToDeviceMessage.of("hello"));

    assertNull(ask().failure());
    assertEquals(1, hub.messagesWaitingFor(DEVICE));
  }

  @Test
  void shouldBeAcceptedWithACertificate() {
    Identity identity = bed.azure.ca().issueClient(DEVICE);
    hub.registry().delete(DEVICE);
    hub.registry().add(DEVICE, Thumbprints.of(identity.certificate()));

    assertNull(ask(bed.settings(identity).build()).failure());
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorShape.class,
      names = {"NAME_IN_HEADER", "NAME_IN_BODY", "NUMBER_IN_BODY"})
  void shouldReadTheReasonInEachShape(ErrorShape shape) {
    hub.errorShape(shape);
    LinkSettings settings = bed.settings().build();
    hub.registry().delete(DEVICE);

    Failure failure = ask(settings).failure();

    assertEquals(FailureKind.DEVICE_NOT_FOUND, failure.kind());
    assertEquals(404, failure.httpStatus());
    assertEquals(404001, failure.subCode());
  }

  @Test
  void shouldNotTakeABare404ForAnUnknownDevice() {
    hub.errorShape(ErrorShape.STATUS_ONLY);
    LinkSettings settings = bed.settings().build();
    hub.registry().delete(DEVICE);

    assertEquals(FailureKind.UNKNOWN, ask(settings).failure().kind());
  }

  @ParameterizedTest
  @CsvSource({
    "HUB_NOT_FOUND, HUB_NOT_FOUND",
    "HUB_SUSPENDED, HUB_SUSPENDED",
    "QUOTA_EXCEEDED, QUOTA_EXCEEDED",
    "HUB_FAILING_OVER, HUB_FAILING_OVER",
    "DEVICE_DISABLED, DEVICE_DISABLED",
    "SERVER_ERROR, SERVER_ERROR",
    "SERVICE_UNAVAILABLE, SERVER_ERROR",
  })
  void shouldReadTheHubsState(HubError state, FailureKind kind) {
    hub.faults().fail(state);

    assertEquals(kind, ask().failure().kind());
  }

  @Test
  void shouldReadHowLongToWait() {
    hub.faults().fail(HubError.THROTTLED);
    hub.retryAfter(Duration.ofSeconds(17));

    Failure failure = ask().failure();

    assertEquals(FailureKind.THROTTLED, failure.kind());
    assertEquals(Duration.ofSeconds(17), failure.retryAfter());
  }

  @Test
  void shouldBeToldThatTheKeyIsWrong() {
    LinkSettings settings = bed.settings().build();
    hub.registry().delete(DEVICE);
    hub.registry().add(DEVICE);

    Failure failure = ask(settings).failure();

    assertEquals(FailureKind.UNAUTHORIZED, failure.kind());
    assertTrue(failure.subCode() / 1000 == 401, failure::toString);
  }

  @Test
  void shouldBlameTheClockAndSayHowFarItIsOff() {
    bed.clockOffset = Duration.ofHours(-2);

    ProbeAnswer answer = ask();

    assertEquals(FailureKind.CLOCK_WRONG, answer.failure().kind());
    assertTrue(answer.clockSkew().minus(Duration.ofHours(2)).abs().toSeconds() < 60);
    assertNull(ask(bed.settings().clockSkew(answer.clockSkew()).build()).failure());
  }

  @Test
  void shouldTakeARedirectForALoginPage() {
    hub.faults().answerHttps(HttpReply.status(302).with("Location", "http://login.example/"));

    assertEquals(FailureKind.CAPTIVE_PORTAL, ask().failure().kind());
  }

  @Test
  void shouldTakeAForeignCertificateForALoginPage() {
    hub.show(ServerCertificate.CAPTIVE_PORTAL);

    assertEquals(FailureKind.CAPTIVE_PORTAL, ask().failure().kind());
  }

  @Test
  void shouldNotTrustTheClockOfAServerThatItDoesNotTrust() {
    hub.show(ServerCertificate.UNTRUSTED);

    ProbeAnswer answer = ask();

    assertEquals(FailureKind.UNKNOWN, answer.failure().kind());
    assertNull(answer.clockSkew());
  }

  @ParameterizedTest
  @CsvSource({"BREAK_TLS", "CLOSE", "RESET"})
  void shouldKnowNothingWhenItCannotAsk(Greeting greeting) {
    hub.httpsDoor().greet(greeting);

    assertEquals(FailureKind.UNKNOWN, ask().failure().kind());
  }

  @Test
  void shouldKnowNothingWhenNobodyListens() {
    hub.httpsDoor().shut();

    Failure failure = ask().failure();

    assertEquals(FailureKind.UNKNOWN, failure.kind());
    assertEquals(
        "the hub could not be asked why: connection refused: 127.0.2.2: Connection refused",
        failure.detail());
  }

  @ParameterizedTest
  @CsvSource({"200", "204", "404"})
  void shouldTellAnAnswerFromAPage(int status) {
    hub.faults().answerHttps(HttpReply.text(status, "text/html", "<html>Hello</html>"));

    Failure failure = ask().failure();

    assertTrue(failure == null ? status / 100 == 2 : failure.kind() == FailureKind.UNKNOWN);
  }

  @Test
  void shouldKnowNothingOfWhatIsNotHttp() {
    hub.faults().answerHttps(HttpReply.raw("220 mail.example ESMTP\r\n\r\n"));

    assertEquals(FailureKind.UNKNOWN, ask().failure().kind());
  }

  @Test
  void shouldGiveUpAfterTenSeconds() {
    hub.faults().answerHttps(HttpReply.never());
    long start = System.nanoTime();

    Failure failure = ask().failure();

    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertEquals(FailureKind.UNKNOWN, failure.kind());
    assertTrue(failure.detail().contains("no answer within 10 s"), failure::detail);
    assertTrue(seconds >= 9, () -> seconds + " s");
  }

  @Test
  void shouldRecordWhatTheHubSaysWithoutSecrets(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("answers.txt");
    probe = new HttpsHubProbe(bed.runtime, new ProbeRecorder(file));
    LinkSettings settings = bed.settings().build();
    hub.registry().disable(DEVICE);

    assertNotNull(ask(settings).failure());
    hub.registry().enable(DEVICE);
    assertNull(ask(settings).failure());

    String record = Files.readString(file);
    assertTrue(record.contains("iothub-errorcode: DeviceDisabled"), record);
    assertTrue(record.contains("HTTP/1.1 412"), record);
    assertFalse(record.contains(DEVICE) || record.contains("127.0.2.2"), record);
    assertFalse(record.contains("sig="), record);
  }

  private ProbeAnswer ask() {
    return ask(bed.settings().build());
  }

  private ProbeAnswer ask(LinkSettings settings) {
    try {
      return probe.ask(settings).toCompletableFuture().get(40, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
