/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.StartedConnection;
import io.rejoin.retry.policies.ExponentialBackoff;
import java.util.Map;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.system.SystemService;

/** The bundle's connection as it runs in Kura, on its defaults, from activation on. */
final class OurConnection implements AutoCloseable {
  private final StartedConnection component;
  private final Sessions sessions = new Sessions();

  /** Starts to connect. */
  OurConnection(Hub hub) {
    component =
        new StartedConnection(
            Map.of(
                "kura.service.pid",
                "benchmark",
                "connection.string",
                hub.ourConnectionString(),
                "hub.https.port",
                hub.httpsPort()),
            Kura.plainText(),
            Kura.answering(SystemService.class, "getKuraDataDirectory", "target"),
            Kura.answering(KeystoreService.class, "getKeyStore", hub.trust()),
            ExponentialBackoff.DEFAULT);
    component.connection().addListener(sessions);
  }

  HubConnection hubConnection() {
    return component.connection();
  }

  Sessions sessions() {
    return sessions;
  }

  @Override
  public void close() {
    component.close();
  }
}
