/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;

/** The local IoT Hub and DPS, from the first test that asks for it until the framework stops. */
final class LocalAzure {

  static final String PASSWORD = Identity.PASSWORD;

  private static @Nullable AzureEmulator running;

  private LocalAzure() {}

  static synchronized AzureEmulator get() throws IOException {
    AzureEmulator present = running;
    if (present != null) {
      return present;
    }
    AzureEmulator started =
        AzureEmulator.builder().hubA("127.0.4.2").hubB("127.0.4.3").dps("127.0.4.4").start();
    started.dps().retryAfter(Duration.ofSeconds(1));
    running = started;
    closeWithTheTests(started);
    return started;
  }

  /** Where the certificates to trust were written. */
  static Path trustStore(Path directory) throws IOException {
    Path file = directory.resolve("trust.p12");
    get().ca().writeTrustStore(file);
    return file;
  }

  private static void closeWithTheTests(AzureEmulator started) {
    Bundle tests = FrameworkUtil.getBundle(LocalAzure.class);
    tests
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getBundle().equals(tests) && event.getType() == BundleEvent.STOPPING) {
                    started.close();
                  }
                });
  }
}
