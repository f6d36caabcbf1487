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

import io.rejoin.azure.emulator.hub.HubCount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows of the connection schedule, on a running connection. */
@Timeout(120)
class ScheduleTest {
  @Test
  void shouldConnectInWindowsOnly() throws Exception {
    try (Gateway gateway =
        new Gateway(
            Map.of(
                "connection.schedule.enabled",
                true,
                "connection.schedule.expression",
                "0 0 0 1 1 ? 2090",
                "connection.schedule.inactivity.interval.seconds",
                1,
                "connection.schedule.priority.override.enable",
                true))) {
      eventually("waiting for its window", () -> window(gateway).startsWith("window closed"));
      assertEquals(0, gateway.hub().counted(HubCount.CONNECTS));

      gateway.connection().published(5);
      gateway.connection().published(1);
      gateway.hub().await(HubCount.ACCEPTED, 1, SOON);
      gateway.hub().awaitDisconnected(DEVICE, SOON);
      eventually("closed", () -> window(gateway).startsWith("window closed"));
      assertEquals(1, gateway.hub().counted(HubCount.CONNECTS));
    }
  }

  private static String window(Gateway gateway) {
    return gateway.endpoint().getInfo().getOrDefault("Connection Schedule", "");
  }
}
