/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static io.rejoin.azure.emulator.TestBed.DEVICE;
import static io.rejoin.azure.emulator.TestBed.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubError;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault does what it says, and ends. */
class HubFaultsTest {
  private static final Duration BRIEFLY = Duration.ofMillis(300);

  private AzureEmulator azure;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    azure = TestBed.builder().hubA("hub-a.azure-devices.test", "127.0.1.2").mqttPort(0).start();
    hub = azure.hubB();
    hub.registry().add(DEVICE);
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 255})
  void shouldRefuseWithAnyCode(int code) throws Exception {
    hub.faults().refuseNext(code, 1);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      assertEquals(code, device.refused());
    }
    assertEquals(1, hub.refusedWith(code));
    assertAccepted();
  }

  @Test
  void shouldRefuseUntilToldOtherwise() throws Exception {
    hub.faults().refuse(3);
    for (int attempt = 1; attempt <= 3; attempt++) {
      try (MqttDevice device = new MqttDevice(azure, hub)) {
        assertEquals(3, device.refused());
      }
    }
    hub.faults().refuse(0);
    assertAccepted();
  }

  @Test
  void shouldAcceptTlsAndNeverAnswerConnect() throws Exception {
    hub.faults().withholdConnack(true);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      MqttException failure =
          assertThrows(MqttException.class, () -> device.connect(BRIEFLY.multipliedBy(3)));
      assertEquals(MqttException.REASON_CODE_CLIENT_TIMEOUT, failure.getReasonCode());
      hub.await(HubCount.CONNECTS, 1, SOON);
    }
  }

  @Test
  void shouldDelayConnack() throws Exception {
    hub.faults().delayConnack(BRIEFLY);
    long before = System.nanoTime();
    assertAccepted();
    assertTrue(System.nanoTime() - before >= BRIEFLY.toNanos());
  }

  @Test
  void shouldDelayPubackAndWholeRoundTrips() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      hub.faults().delayPuback(BRIEFLY);
      assertTakes(BRIEFLY, () -> device.publish(device.events(), "x", 1));
      hub.faults().delayPuback(Duration.ZERO);
      hub.roundTrip(BRIEFLY);
      assertTakes(BRIEFLY, () -> device.publish(device.events(), "x", 1));
    }
  }

  @Test
  void shouldLosePubacks() throws Exception {
    hub.faults().losePubacks(1);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      IMqttDeliveryToken first = device.publish(device.events(), "1", 1);
      device.publish(device.events(), "2", 1).waitForCompletion(SOON.toMillis());

      assertEquals(2, hub.journal().received());
      assertFalse(first.isComplete());
    }
  }

  @Test
  void shouldForgetWithheldPubacksOfALostConnection() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events(), "1", 1);
      hub.journal().await(1, SOON);
      hub.mqttDoor().cutAll();
      device.awaitLoss();
      hub.awaitDisconnected(DEVICE, SOON);

      hub.releasePubacks();

      assertEquals(0, hub.counted(HubCount.PUBACKS));
    }
  }

  @Test
  void shouldStaySilentAfterTcp() throws Exception {
    hub.mqttDoor().greet(Greeting.STAY_SILENT);
    try (SSLSocket socket = socket()) {
      socket.setSoTimeout((int) BRIEFLY.toMillis());

      assertThrows(SocketTimeoutException.class, socket::startHandshake);
    }
    hub.mqttDoor().greet(Greeting.SERVE);
    assertAccepted();
  }

  @Test
  void shouldBreakTls() throws Exception {
    hub.mqttDoor().greet(Greeting.BREAK_TLS);
    try (SSLSocket socket = socket()) {
      SSLHandshakeException failure =
          assertThrows(SSLHandshakeException.class, socket::startHandshake);
      assertInstanceOf(EOFException.class, failure.getCause());
    }
  }

  @Test
  void shouldCloseOrResetNewConnections() throws Exception {
    hub.mqttDoor().greet(Greeting.CLOSE);
    try (Socket socket = new Socket("127.0.1.3", hub.mqttPort())) {
      assertEquals(-1, socket.getInputStream().read());
    }
    hub.mqttDoor().greet(Greeting.RESET);
    try (Socket socket = new Socket("127.0.1.3", hub.mqttPort())) {
      assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }
  }

  @Test
  void shouldEndConnectionsInEachWay() throws Exception {
    assertEquals(EOFException.class, lossBy(() -> hub.mqttDoor().dropAll()));
    assertInstanceOf(IOException.class, lossOf(() -> hub.mqttDoor().cutAll()));
    assertInstanceOf(SocketException.class, lossOf(() -> hub.mqttDoor().resetAll()));
  }

  private Class<?> lossBy(Runnable fault) throws Exception {
    return lossOf(fault).getClass();
  }

  private Throwable lossOf(Runnable fault) throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      fault.run();
      Throwable cause = device.awaitLoss();
      hub.awaitDisconnected(DEVICE, SOON);
      return cause;
    }
  }

  @Test
  void shouldMakeAnEstablishedConnectionHalfOpen() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      hub.mqttDoor().muteAll();

      IMqttDeliveryToken token = device.publish(device.events(), "x", 1);

      assertThrows(MqttException.class, () -> token.waitForCompletion(BRIEFLY.toMillis()));
      assertTrue(device.isConnected());
      assertEquals(1, hub.mqttDoor().openConnections());
      assertEquals(0, hub.journal().received());
    }
    assertAccepted();
  }

  @Test
  void shouldEndAHalfOpenConnectionWhenTold() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      hub.mqttDoor().muteAll();
      hub.mqttDoor().cutAll();

      device.awaitLoss();
    }
  }

  @Test
  void shouldNotListenDuringAnOutage() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      hub.outage();
      device.awaitLoss();
    }
    assertThrows(ConnectException.class, () -> new Socket("127.0.1.3", hub.mqttPort()));
    assertThrows(ConnectException.class, () -> new Socket("127.0.1.3", hub.httpsPort()));
    hub.endOutage();
    assertAccepted();
  }

  @Test
  void shouldEndAnOutageByItself() throws Exception {
    hub.outage(Duration.ofMinutes(5));
    hub.outage(BRIEFLY);
    assertFalse(hub.mqttDoor().isOpen());

    long deadline = System.nanoTime() + SOON.toNanos();
    while (!hub.mqttDoor().isOpen() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertAccepted();
  }

  @ParameterizedTest
  @EnumSource(value = ServerCertificate.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
  void shouldShowCertificatesThatAClientMustNotAccept(ServerCertificate certificate)
      throws Exception {
    hub.show(certificate);
    try (SSLSocket socket = socket()) {
      SSLException failure = assertThrows(SSLException.class, socket::startHandshake);
      Throwable cause = rootOf(failure);
      switch (certificate) {
        case EXPIRED -> assertInstanceOf(CertificateExpiredException.class, cause);
        case NOT_YET_VALID -> assertInstanceOf(CertificateNotYetValidException.class, cause);
        case OTHER_NAME -> assertInstanceOf(CertificateException.class, cause);
        default -> assertTrue(cause.getMessage().contains("path"), cause.toString());
      }
    }
    hub.clearFaults();
    assertAccepted();
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Test
  void shouldMoveToAnotherAddressUnderTheSameName() throws Exception {
    HubEmulator named = azure.hubA();
    int port = named.mqttPort();
    handshakeWithHubA("127.0.1.2", port);

    named.moveTo(InetAddress.getByName("127.0.1.5"));

    assertThrows(ConnectException.class, () -> handshakeWithHubA("127.0.1.2", port));
    handshakeWithHubA("127.0.1.5", port);
  }

  private void handshakeWithHubA(String address, int port) throws IOException {
    try (Socket plain = new Socket(address, port);
        SSLSocket socket =
            (SSLSocket)
                azure
                    .clientContext()
                    .getSocketFactory()
                    .createSocket(plain, "hub-a.azure-devices.test", port, true)) {
      verifyName(socket);
      socket.startHandshake();
    }
  }

  @Test
  void shouldRefuseConnectsAboveTheLimitWith5() throws Exception {
    hub.limits().connections(0.001, Duration.ZERO);
    assertAccepted();
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      assertEquals(5, device.refused());
    }
    assertEquals(1, hub.counted(HubCount.THROTTLED));
    hub.limits().clear();
    assertAccepted();
  }

  @Test
  void shouldQueueConnectsForAWhile() throws Exception {
    hub.limits().connections(2, Duration.ofSeconds(5));
    long before = System.nanoTime();
    for (int connection = 1; connection <= 4; connection++) {
      assertAccepted();
    }
    assertTrue(System.nanoTime() - before >= Duration.ofMillis(900).toNanos());
    assertEquals(0, hub.counted(HubCount.THROTTLED));
  }

  @Test
  void shouldEndConnectionsThatExceedTheDailyQuota() throws Exception {
    hub.limits().quota(1);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events(), "1", 1).waitForCompletion(SOON.toMillis());
      device.publish(device.events(), "2", 1);
      assertEquals(EOFException.class, device.awaitLoss().getClass());
    }
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      assertEquals(5, device.refused());
    }
    assertEquals(1, hub.journal().received());
    hub.clock().skew(Duration.ofDays(1));
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
    }
  }

  @Test
  void shouldRefuseAllWhenTheHubIsInTrouble() throws Exception {
    hub.faults().fail(HubError.HUB_FAILING_OVER);
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      assertEquals(5, device.refused());
    }
    assertTrue(hub.log().all(Kind.REFUSED).get(0).detail().contains("HUB_FAILING_OVER"));
  }

  @Test
  void shouldJudgeTokensByItsOwnClock() throws Exception {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      hub.clock().skew(Duration.ofHours(2));
      assertEquals(5, device.refused());
    }
  }

  @Test
  void shouldEndAllFaultsAtOnce() throws Exception {
    hub.faults().refuse(5);
    hub.faults().withholdConnack(true);
    hub.faults().fail(HubError.HUB_SUSPENDED);
    hub.faults().pubacks(Pubacks.WITHHELD);
    hub.mqttDoor().greet(Greeting.RESET);
    hub.show(ServerCertificate.EXPIRED);
    hub.limits().connections(0.001, Duration.ZERO);
    hub.limits().quota(0);
    hub.clock().skew(Duration.ofDays(-30));
    hub.outage();

    hub.clearFaults();

    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      device.publish(device.events(), "x", 1).waitForCompletion(SOON.toMillis());
    }
  }

  private void assertAccepted() throws MqttException {
    try (MqttDevice device = new MqttDevice(azure, hub)) {
      device.connect();
      assertTrue(device.isConnected());
    }
  }

  private interface Publishing {
    IMqttDeliveryToken publish() throws MqttException;
  }

  private static void assertTakes(Duration least, Publishing publishing) throws MqttException {
    long before = System.nanoTime();
    publishing.publish().waitForCompletion(SOON.toMillis());
    assertTrue(System.nanoTime() - before >= least.toNanos());
  }

  private SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            azure.clientContext().getSocketFactory().createSocket("127.0.1.3", hub.mqttPort());
    verifyName(socket);
    return socket;
  }

  private static void verifyName(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
  }
}
