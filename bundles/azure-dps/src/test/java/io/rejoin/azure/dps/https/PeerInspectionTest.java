/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.dps.testing.ScriptedService;
import io.rejoin.azure.dps.testing.SocketService;
import io.rejoin.azure.dps.testing.TestKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerInspectionTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource({
    "dps.example.net, true",
    "DPS.example.net, true",
    "other.example.net, false",
    "a.plant.example, true",
    "a.b.plant.example, false",
    "plant.example, false",
    "127.0.0.1, true",
    "127.0.0.2, false"
  })
  void shouldKnowForWhomACertificateIs(String host, boolean fits) {
    X509Certificate certificate =
        TestKeys.certificate(
            TestKeys.serverNamed("san=dns:dps.example.net,dns:*.plant.example,ip:127.0.0.1"));

    assertEquals(fits, PeerInspection.names(certificate, host));
  }

  @Test
  void shouldFindNoNameInACertificateWithout() {
    assertFalse(
        PeerInspection.names(TestKeys.certificate(TestKeys.device("127.0.0.1")), "127.0.0.1"));
  }

  @Test
  void shouldSeeAnotherName() {
    try (ScriptedService service =
        new ScriptedService(TestKeys.context(TestKeys.serverOfAnotherName()), false)) {
      assertTrue(PeerInspection.showsAnotherName(new Endpoint("127.0.0.1", service.port()), LIMIT));
      assertTrue(service.seen().isEmpty());
    }
  }

  @Test
  void shouldSeeTheRightName() {
    try (ScriptedService service = new ScriptedService()) {
      assertFalse(
          PeerInspection.showsAnotherName(new Endpoint("127.0.0.1", service.port()), LIMIT));
    }
  }

  @Test
  void shouldSeeNothingWhereNothingIsShown() throws Exception {
    try (SocketService silent = new SocketService(socket -> socket.getInputStream().skip(9999))) {
      assertFalse(
          PeerInspection.showsAnotherName(
              new Endpoint("127.0.0.1", silent.port()), Duration.ofMillis(300)));
    }
    assertFalse(PeerInspection.showsAnotherName(new Endpoint("dps.invalid", 443), LIMIT));
  }
}
