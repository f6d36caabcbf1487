/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rejoin.provisioning.DeviceCredential;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSettingsTest {
  private static final HmacKey KEY = HmacKey.ofBase64("c2VjcmV0");

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "factory.azure-devices.net:8883", "https://h.x", "", "a_b.c"})
  void shouldRefuseWhatTheSdkCannotConnectTo(String host) {
    assertEquals(
        "hub host name \"" + host + "\" is not a full name such as factory.azure-devices.net",
        complaint(LinkSettings.to(host, "press", KEY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b", "a+b", "a/b", "a b"})
  void shouldRefuseADeviceIdThatMqttCannotCarry(String deviceId) {
    assertEquals(
        "device id \""
            + deviceId
            + "\" has other than 1 to 128 of: letters digits"
            + " . % _ * ? ! ( ) , : = @ $ ' -",
        complaint(LinkSettings.to("h.x", deviceId, KEY)));
  }

  @Test
  void shouldRefuseWebSocketsWithACertificate() {
    assertEquals(
        "transport MQTT over WebSockets does not take a certificate: IoT Hub is not known to accept"
            + " it; use MQTT, or a symmetric key",
        complaint(
            LinkSettings.to("h.x", "press", new SomeCertificate()).transport(Transport.MQTT_WS)));
  }

  @Test
  void shouldRefuseAKeepAliveThatTheHubWouldCut() {
    assertEquals(
        "keep-alive is 1178 s, not 1 to 1177 s",
        complaint(LinkSettings.to("h.x", "press", KEY).keepAlive(Duration.ofSeconds(1178))));
  }

  @Test
  void shouldRefuseALongerConnectTimeoutThanTheSdkHas() {
    assertEquals(
        "connect timeout is 61 s, not 1 to 60 s",
        complaint(LinkSettings.to("h.x", "press", KEY).connectTimeout(Duration.ofSeconds(61))));
  }

  @Test
  void shouldRefuseATokenThatExpiresBeforeItIsUsed() {
    assertEquals(
        "token life is 59 s, not 60 to 31536000 s",
        complaint(LinkSettings.to("h.x", "press", KEY).tokenLife(Duration.ofSeconds(59))));
  }

  private static String complaint(LinkSettings.Builder settings) {
    return assertThrows(IllegalArgumentException.class, settings::build).getMessage();
  }

  private static final class SomeCertificate implements DeviceCredential.Certificate {
    @Override
    public KeyManager[] keyManagers() {
      throw new AssertionError("not to be asked");
    }

    @Override
    public X509Certificate certificate() {
      throw new AssertionError("not to be asked");
    }
  }
}
