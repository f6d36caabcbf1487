/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import java.io.IOException;
import java.time.Duration;

/** An emulator on addresses of this module's own, so that builds side by side do not meet. */
final class TestBed {
  static final String DEVICE = "gateway-1";
  static final Duration SOON = Duration.ofSeconds(60);

  private TestBed() {}

  static AzureEmulator.Builder builder() {
    return AzureEmulator.builder().hubA("127.0.1.2").hubB("127.0.1.3").dps("127.0.1.4");
  }

  static AzureEmulator start() throws IOException {
    return builder().start();
  }
}
