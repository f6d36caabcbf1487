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
import static io.rejoin.retry.FailureKind.CAPTIVE_PORTAL;
import static io.rejoin.retry.FailureKind.CONNECTION_CLOSED;
import static io.rejoin.retry.FailureKind.CONNECTION_REFUSED;
import static io.rejoin.retry.FailureKind.CONNECTION_SILENT;
import static io.rejoin.retry.FailureKind.MISCONFIGURED;
import static io.rejoin.retry.FailureKind.NAME_NOT_FOUND;
import static io.rejoin.retry.FailureKind.NAME_SERVICE_DOWN;
import static io.rejoin.retry.FailureKind.OWN_CERTIFICATE_EXPIRED;
import static io.rejoin.retry.FailureKind.OWN_CERTIFICATE_NOT_YET_VALID;
import static io.rejoin.retry.FailureKind.TIMED_OUT;
import static io.rejoin.retry.FailureKind.TLS_BROKEN;
import static io.rejoin.retry.FailureKind.TOKEN_EXPIRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a link fails, as it comes out of the real SDK. */
class FailuresTest {
  private static final String NAME = "factory.azure-devices.test";
  private static final Duration DAY = Duration.ofDays(1);

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

  // ---- opening: MQTT

  @ParameterizedTest
  @CsvSource({
    "1, PROTOCOL_UNSUPPORTED",
    "2, REFUSED",
    "3, SERVER_UNAVAILABLE",
    "4, REFUSED",
    "5, REFUSED",
    "6, UNKNOWN",
    "77, UNKNOWN",
    "255, UNKNOWN",
  })
  void shouldReadTheReturnCode(int code, FailureKind kind) {
    hub.faults().refuse(code);

    assertEquals(Failure.of(kind, "MQTT return code " + code), failed());
  }

  @Test
  void shouldTimeOutWithoutConnack() {
    hub.faults().withholdConnack(true);

    assertEquals(TIMED_OUT, failed(quick(bed.settings())).kind());
  }

  @Test
  void shouldSeeTheHubHangUpOnConnect() throws Exception {
    hub.faults().withholdConnack(true);
    Events events = new Events();
    bed.start(bed.settings().build(), events);
    hub.await(HubCount.CONNECTS, 1, SOON);

    hub.mqttDoor().cutAll();

    assertEquals(CONNECTION_CLOSED, events.awaitOpenFailed().kind());
  }

  // ---- opening: sockets and names

  @Test
  void shouldNameTheAddressThatRefuses() {
    hub.mqttDoor().shut();

    Failure failure = failed();

    assertEquals(CONNECTION_REFUSED, failure.kind());
    assertEquals("127.0.2.2: Connection refused", failure.detail());
  }

  @Test
  void shouldTryAllAddresses() throws IOException {
    bed.names.put(NAME, List.of("127.0.2.9", "127.0.2.8", "127.0.2.2"));

    // The certificate is for 127.0.2.2 alone, so it is that one which answers.
    Failure failure = failed(bed.settings(NAME).build());

    assertEquals(CAPTIVE_PORTAL, failure.kind());
    assertEquals(1, hub.mqttDoor().accepted());
  }

  @Test
  void shouldGoOnToTheNextAddressWhenOneIsABlackHole() throws IOException {
    try (BlackHole blackHole = new BlackHole("127.0.2.7", hub.mqttPort())) {
      bed.names.put(NAME, List.of(blackHole.address(), "127.0.2.2"));

      Failure failure = failed(bed.settings(NAME).connectTimeout(Duration.ofSeconds(2)).build());

      assertEquals(CAPTIVE_PORTAL, failure.kind());
    }
  }

  @Test
  void shouldTimeOutInABlackHole() throws IOException {
    try (BlackHole blackHole = new BlackHole("127.0.2.7", hub.mqttPort())) {
      bed.names.put(NAME, List.of(blackHole.address()));

      assertEquals(TIMED_OUT, failed(quick(bed.settings(NAME))).kind());
    }
  }

  @Test
  void shouldSayThatOnlyTheHubsNameIsUnknown() {
    bed.names.put("reference.test", List.of("127.0.2.2"));

    Failure failure = failed(bed.settings(NAME).referenceName("reference.test").build());

    assertEquals(NAME_NOT_FOUND, failure.kind());
    assertTrue(failure.detail().startsWith(NAME + "; other names can be resolved"));
  }

  @Test
  void shouldSayThatNoNameIsFound() {
    Failure failure = failed(bed.settings(NAME).referenceName("reference.test").build());

    assertEquals(NAME_SERVICE_DOWN, failure.kind());
    assertTrue(failure.detail().startsWith(NAME + "; check the gateway's DNS server"));
  }

  // ---- opening: TLS

  @Test
  void shouldSeeTheHandshakeCutOff() {
    hub.mqttDoor().greet(Greeting.BREAK_TLS);

    assertEquals(TLS_BROKEN, failed().kind());
  }

  @ParameterizedTest
  @CsvSource({"RESET", "CLOSE"})
  void shouldSeeTheConnectionEndBeforeTls(Greeting greeting) {
    hub.mqttDoor().greet(greeting);

    FailureKind kind = failed().kind();

    assertTrue(kind == TLS_BROKEN || kind == CONNECTION_CLOSED, kind::toString);
  }

  @Test
  void shouldTimeOutWithoutTls() {
    hub.mqttDoor().greet(Greeting.STAY_SILENT);

    assertEquals(TIMED_OUT, failed(quick(bed.settings())).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "UNTRUSTED, CERTIFICATE_UNTRUSTED",
    "EXPIRED, CERTIFICATE_UNTRUSTED",
    "NOT_YET_VALID, CERTIFICATE_NOT_YET_VALID",
    "OTHER_NAME, CAPTIVE_PORTAL",
    "CAPTIVE_PORTAL, CAPTIVE_PORTAL",
  })
  void shouldTellCertificatesApart(ServerCertificate shown, FailureKind kind) {
    hub.show(shown);

    assertEquals(kind, failed().kind());
  }

  @Test
  void shouldTakeAServerWithoutTlsForAPortal() throws IOException {
    try (ServerSocket portal = new ServerSocket(0, 50, InetAddress.getByName("127.0.2.6"))) {
      CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answerPlain(portal));

      Failure failure = failed(bed.settings("127.0.2.6").mqttPort(portal.getLocalPort()).build());

      assertEquals(CAPTIVE_PORTAL, failure.kind());
      answering.join();
    }
  }

  private static void answerPlain(ServerSocket portal) {
    try (Socket socket = portal.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write("HTTP/1.1 302 Found\r\n\r\n".getBytes("US-ASCII"));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- opening: the device's own certificate

  @Test
  void shouldNotEvenTryWithAnExpiredCertificate() {
    Instant now = Instant.now();
    Identity expired =
        bed.azure.ca().issueClient(DEVICE, now.minus(DAY.multipliedBy(2)), now.minus(DAY));

    assertEquals(OWN_CERTIFICATE_EXPIRED, failed(bed.settings(expired).build()).kind());
    assertEquals(0, hub.mqttDoor().accepted());
  }

  @Test
  void shouldNotEvenTryWithACertificateOfTheFuture() {
    Instant now = Instant.now();
    Identity future =
        bed.azure.ca().issueClient(DEVICE, now.plus(DAY), now.plus(DAY.multipliedBy(2)));

    assertEquals(OWN_CERTIFICATE_NOT_YET_VALID, failed(bed.settings(future).build()).kind());
    assertEquals(0, hub.mqttDoor().accepted());
  }

  /**
   * With TLS 1.3 the hub complains after the handshake. What we have sent by then may make its
   * system reset the connection before we have read the complaint: then it takes another attempt.
   */
  @Test
  void shouldHearThatTheHubTakesTheCertificateForExpired() {
    Identity identity = bed.azure.ca().issueClient(DEVICE);
    hub.registry().delete(DEVICE);
    hub.registry().add(DEVICE, Thumbprints.of(identity.certificate()));
    hub.clock().skew(Duration.ofDays(1000));

    List<FailureKind> heard = new ArrayList<>();
    for (int attempt = 0; attempt < 20 && !heard.contains(FailureKind.REFUSED); attempt++) {
      FailureKind kind = failed(bed.settings(identity).build()).kind();
      heard.add(kind == OWN_CERTIFICATE_EXPIRED ? FailureKind.REFUSED : kind);
    }

    assertTrue(heard.contains(FailureKind.REFUSED), heard::toString);
  }

  @Test
  void shouldRefuseATlsContextThatCannotShowTheCertificate() {
    Identity identity = bed.azure.ca().issueClient(DEVICE);

    Failure failure =
        failed(bed.settings(identity).trust(ServerTrust.of(bed.azure.clientContext())).build());

    assertEquals(MISCONFIGURED, failure.kind());
  }

  // ---- losing

  @Test
  void shouldSeeTheHubCloseTheConnection() {
    Events events = opened();
    hub.mqttDoor().dropAll();
    assertEquals(CONNECTION_CLOSED, events.awaitLost().kind());
  }

  @Test
  void shouldSeeTheConnectionReset() {
    Events events = opened();
    hub.mqttDoor().resetAll();
    assertEquals(CONNECTION_CLOSED, events.awaitLost().kind());
  }

  @Test
  void shouldNoticeSilence() {
    Events events = new Events();
    bed.open(bed.settings().keepAlive(Duration.ofSeconds(1)).build(), events);

    hub.mqttDoor().muteAll();

    Events.Lost lost = events.await(Events.Lost.class);
    assertEquals(CONNECTION_SILENT, lost.failure().kind());
    assertTrue(lost.quiet().toMillis() >= 1000, () -> lost.quiet().toString());
  }

  @Test
  void shouldKeepAQuietConnection() throws Exception {
    Events events = new Events();
    HubLink link = bed.open(bed.settings().keepAlive(Duration.ofSeconds(1)).build(), events);
    hub.faults().delayPuback(Duration.ofSeconds(4));

    assertEquals("confirmed", send(link, message("m", "x")).await());
    assertTrue(events.isEmpty());
  }

  @Test
  void shouldKnowThatTheTokenRanOut() {
    bed.clockOffset = Duration.ofMinutes(-1).plusSeconds(-1);
    Events events = new Events();
    // A token of 45 to 57 s, made by a clock that is over a minute behind, is expired at the hub:
    // so
    // the hub's clock is set back too, and forward again.
    hub.clock().skew(bed.clockOffset);
    HubLink link = bed.open(bed.settings().tokenLife(Duration.ofMinutes(1)).build(), events);

    bed.clockOffset = Duration.ZERO;
    assertTrue(bed.now().isAfter(link.tokenExpiresAt()));
    hub.mqttDoor().dropAll();

    assertEquals(TOKEN_EXPIRED, events.awaitLost().kind());
  }

  @Test
  void shouldLoseTheLinkToAnotherClientOfTheSameName() {
    Events events = opened();

    bed.open();

    assertEquals(CONNECTION_CLOSED, events.awaitLost().kind());
  }

  @Test
  void shouldAnswerMessagesOnTheirWayBeforeItTellsOfTheLoss() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    Events events = new Events();
    HubLink link = bed.open(bed.settings().build(), events);
    List<Outcome> outcomes =
        List.of(
            send(link, message("a", "1")),
            send(link, message("a", "2")),
            send(link, message("b", "3")));
    hub.await(HubCount.MESSAGES, 2, SOON);

    hub.mqttDoor().cutAll();

    events.awaitLost();
    outcomes.forEach(outcome -> assertTrue(outcome.isTold()));
    outcomes.forEach(outcome -> assertTrue(outcome.await().startsWith("unconfirmed: ")));
  }

  private Events opened() {
    Events events = new Events();
    bed.open(bed.settings().build(), events);
    return events;
  }

  private Failure failed() {
    return failed(bed.settings().build());
  }

  private Failure failed(LinkSettings settings) {
    Events events = new Events();
    bed.start(settings, events);
    return events.awaitOpenFailed();
  }

  private static LinkSettings quick(LinkSettings.Builder settings) {
    return settings.connectTimeout(Duration.ofSeconds(1)).build();
  }
}
