/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.azure.dps.identity.HmacKey;
import io.rejoin.azure.dps.identity.SymmetricKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SasTokenTest {

  /** The signature was computed with OpenSSL. */
  @Test
  void shouldSignScopeRegistrationAndExpiry() {
    SymmetricKey key =
        new SymmetricKey(HmacKey.ofBase64("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));

    String token =
        SasToken.create(
            new Registration("0ne00A1B2C3", "pump-7"),
            key,
            Instant.parse("2026-03-01T12:00:00.999Z"));

    assertEquals(
        "SharedAccessSignature sr=0ne00A1B2C3/registrations/pump-7&sig=FWK6yjXdDWaIR6w%2Fhb2xo94plqfR7uoJhhnC%2FS45qNE%3D&se=1772366400"
            + "&skn=registration",
        token);
  }
}
