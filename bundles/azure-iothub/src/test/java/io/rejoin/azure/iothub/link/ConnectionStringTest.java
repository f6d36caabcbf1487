/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStringTest {
  private static final String KEY = "c2VjcmV0LXNlY3JldA==";

  @Test
  void shouldReadAKey() {
    ConnectionString read =
        ConnectionString.parse(
            " HostName=factory.azure-devices.net;DeviceId=press=7;SharedAccessKey=" + KEY + ";\n");

    assertEquals("factory.azure-devices.net", read.host());
    assertEquals("press=7", read.deviceId());
    assertNotNull(read.key());
  }

  @Test
  void shouldReadTheNamesInAnyCaseAndOrder() {
    ConnectionString read = ConnectionString.parse("deviceid=a;hostname=h.x;X509=True");

    assertEquals("a", read.deviceId());
    assertNull(read.key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DeviceId=d;SharedAccessKey=%s | connection string: HostName is missing
          HostName=;DeviceId=d;SharedAccessKey=%s | connection string: HostName is missing
          HostName=h.x;SharedAccessKey=%s | connection string: DeviceId is missing
          HostName=h.x;DeviceId=d | connection string: SharedAccessKey is missing
          HostName=h.x;DeviceId=d;SharedAccessKey=%s* | connection string: the device key is not Base64
          HostName=h.x;DeviceId=d;SharedAccessKey= | connection string: SharedAccessKey is missing
          %s | connection string: a part is not of the form Name=value
          HostName=h.x;DeviceId=d;DeviceId=e;SharedAccessKey=%s | connection string: DeviceId is there twice
          HostName=h.x;SharedAccessKeyName=service;SharedAccessKey=%s | connection string: it is a service's: copy the device's own from its page
          HostName=h.x;DeviceId=d;ModuleId=m;SharedAccessKey=%s | connection string: modules are not supported: copy the device's own
          HostName=h.x;DeviceId=d;GatewayHostName=e;SharedAccessKey=%s | connection string: IoT Edge gateways are not supported
          HostName=h.x;DeviceId=d;SharedAccessSignature=%s | connection string: it holds a token: copy the one with the key
          """)
  void shouldSayWhatIsWrongWithoutTheKey(String text, String complaint) {
    String secret = text.equals("%s") ? "c2VjcmV0LXNlY3JldA" : KEY;

    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ConnectionString.parse(text.replace("%s", secret)));

    assertEquals(complaint, e.getMessage());
  }

  @Test
  void shouldNotPrintTheKey() {
    ConnectionString read =
        ConnectionString.parse("HostName=h.x;DeviceId=d;SharedAccessKey=" + KEY);

    assertFalse(read.toString().contains("c2Vj"), read.toString());
  }
}
