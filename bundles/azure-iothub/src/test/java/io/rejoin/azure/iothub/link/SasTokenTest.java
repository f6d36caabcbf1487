/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SasTokenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.7Z");
  private static final HmacKey KEY = HmacKey.ofBase64("c2VjcmV0");

  private final SasToken token =
      SasToken.sign(KEY, "factory.azure-devices.net", "press 7", NOW, Duration.ofHours(1));

  @Test
  void shouldExpireInWholeSeconds() {
    assertEquals(Instant.parse("2026-03-01T13:00:00Z"), token.expiresAt());
  }

  /** Signature computed with {@code openssl dgst -sha256 -hmac secret -binary | base64}. */
  @Test
  void shouldSignAudienceAndExpiry() {
    assertEquals(
        "SharedAccessSignature sig=FfdwQrquiOdnqtWUpnm9PYeworzpTK5p6P41mrrYNNw%3D&se=1772370000"
            + "&sr=factory.azure-devices.net/devices/press%207",
        token.text());
  }

  @Test
  void shouldNotPrintTheSignature() {
    assertFalse(token.toString().contains("sig"), token.toString());
  }
}
