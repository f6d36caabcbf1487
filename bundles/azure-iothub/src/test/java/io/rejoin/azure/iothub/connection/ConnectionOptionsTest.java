/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.config.Secrets;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {

  private static final CryptoService NOTHING_ENCRYPTED =
      (CryptoService)
          Proxy.newProxyInstance(
              CryptoService.class.getClassLoader(),
              new Class<?>[] {CryptoService.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  @Test
  void shouldRecordTheProbeOnlyWhenToldTo() {
    assertFalse(read(Map.of()).recordsProbe());
    assertTrue(read(Map.of("probe.record", true)).recordsProbe());
  }

  @Test
  void shouldKeepTheSessionWhenTheRecorderIsSwitched() {
    assertTrue(read(Map.of()).sameRoute(read(Map.of("probe.record", true))));
  }

  private static ConnectionOptions read(Map<String, Object> properties) {
    return ConnectionOptions.read(properties, new Secrets(NOTHING_ENCRYPTED)).options();
  }
}
