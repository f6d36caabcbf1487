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

  /** Addresses of its own for each of the JVMs that run side by side. */
  private static final int FIRST = 10 * Integer.getInteger("tests.fork");

  static final String HUB_A = address(2);
  static final String HUB_B = address(3);
  static final String DPS = address(4);

  private static @Nullable AzureEmulator running;

  private LocalAzure() {}

  static synchronized AzureEmulator get() throws IOException {
    AzureEmulator present = running;
    if (present != null) {
      return present;
    }
    AzureEmulator started = AzureEmulator.builder().hubA(HUB_A).hubB(HUB_B).dps(DPS).start();
    started.dps().retryAfter(Duration.ofSeconds(1));
    running = started;
    closeWithTheTests(started);
    return started;
  }

  private static String address(int last) {
    return "127.0.4." + (FIRST + last);
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
