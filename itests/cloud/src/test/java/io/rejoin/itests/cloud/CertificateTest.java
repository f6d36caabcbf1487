/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.cloud;

import static io.rejoin.itests.cloud.Eventually.eventually;
import static io.rejoin.itests.cloud.Gateway.DEVICE;
import static io.rejoin.itests.cloud.Gateway.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.tls.Identity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A certificate is replaced while the gateway runs. */
@Timeout(120)
class CertificateTest {
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "identity",
          "X509",
          "device.id",
          DEVICE,
          "hub.host.name",
          "127.0.7.2",
          "keystore.alias",
          Gateway.ALIAS,
          "KeystoreService.target",
          "(kura.service.pid=devices)");

  @Test
  void shouldReconnectByItselfWithTheCertificateThatReplacedTheOldOne() throws Exception {
    try (Gateway gateway = new Gateway(SETTINGS)) {
      Instant soon = Instant.now().plus(9, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
      Identity old = gateway.azure.ca().issueClient(DEVICE, Instant.now().minusSeconds(60), soon);
      Identity second = gateway.azure.ca().issueClient(DEVICE);
      Identity third = gateway.azure.ca().issueClient(DEVICE);
      admit(gateway, old, second, third);
      gateway.installSslManager();
      gateway.installKeystore(old);
      gateway.awaitConnected();
      eventually("announced", () -> entry(gateway).startsWith(soon.toString()));
      assertTrue(entry(gateway).endsWith(", 8 days left"), entry(gateway));

      gateway.handle(new KeystoreChangedEvent("another"));
      assertEquals(1, gateway.hub().counted(HubCount.ACCEPTED), "not its keystore");
      gateway.installed = second;
      gateway.handle(new KeystoreChangedEvent("devices"));
      awaitConnectedWith(gateway, second, 2);

      gateway.installed = third;
      gateway.tellSslChange();
      awaitConnectedWith(gateway, third, 3);
    }
  }

  private static void admit(Gateway gateway, Identity... identities) {
    String[] thumbprints =
        Arrays.stream(identities).map(Identity::thumbprint).toArray(String[]::new);
    gateway.hub().registry().delete(DEVICE);
    gateway.hub().registry().add(DEVICE, Thumbprints.of(thumbprints));
  }

  private static void awaitConnectedWith(Gateway gateway, Identity identity, int session) {
    gateway.hub().log().await(Kind.CONNECTED, session, SOON);
    String by = gateway.hub().log().all(Kind.CONNECTED).get(session - 1).detail();
    assertTrue(by.contains(identity.thumbprint()), by);
    gateway.awaitConnected();
  }

  private static String entry(Gateway gateway) {
    return gateway.endpoint().getInfo().getOrDefault("Certificate Valid Until", "");
  }
}
