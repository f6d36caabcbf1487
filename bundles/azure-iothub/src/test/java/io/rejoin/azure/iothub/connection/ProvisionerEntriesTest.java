/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProvisionerEntriesTest {

  @Test
  void shouldTellTimesToTheSecond() {
    Map<String, String> info = new TreeMap<>();

    ProvisionerEntries.add(
        info,
        saying(
            new ProvisionerStatus(
                "0ne000REJOIN at dps.example as gateway-1",
                0,
                Instant.parse("2026-11-23T11:37:33.804253768Z"),
                Instant.parse("2026-11-23T03:37:44.663196902Z"),
                "no hub is known yet",
                "")));

    assertEquals(
        Map.of(
            "Provisioning Service", "0ne000REJOIN at dps.example as gateway-1",
            "Provisioning Budget Left", "0, one more at 2026-11-23T11:37:33Z",
            "Provisioning Last Registration", "2026-11-23T03:37:44Z, since no hub is known yet"),
        info);
  }

  private static Provisioner saying(ProvisionerStatus status) {
    return (Provisioner)
        Proxy.newProxyInstance(
            Provisioner.class.getClassLoader(),
            new Class<?>[] {Provisioner.class},
            (proxy, method, arguments) -> status);
  }
}
