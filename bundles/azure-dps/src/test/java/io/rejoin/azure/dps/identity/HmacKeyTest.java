/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacKeyTest {

  /** The example of Microsoft's documentation on symmetric key attestation. */
  private static final String GROUP_KEY =
      "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";

  @Test
  void shouldDeriveADevicesKeyAsMicrosoftDoes() {
    assertEquals(
        "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=",
        HmacKey.ofBase64(GROUP_KEY).deriveBase64("sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not base64!", "c2hvcnQ=", "", "Placeholder"})
  void shouldRefuseWhatIsNoKeyWithoutQuotingIt(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> HmacKey.ofBase64(text));

    assertFalse(!text.isEmpty() && refusal.getMessage().contains(text), refusal.getMessage());
  }

  @Test
  void shouldRefuseTooLongAKey() {
    String tooLong = Base64.getEncoder().encodeToString(new byte[65]);

    assertThrows(IllegalArgumentException.class, () -> HmacKey.ofBase64(tooLong));
  }

  @Test
  void shouldShowItselfToNobody() {
    String text = new SymmetricKey(HmacKey.ofBase64(GROUP_KEY)).toString();

    assertTrue(text.contains("not shown"), text);
  }

  @Test
  void shouldBeEqualByKey() {
    assertEquals(HmacKey.ofBase64(GROUP_KEY), HmacKey.ofBase64(" " + GROUP_KEY + "\n"));
    assertNotEquals(
        HmacKey.ofBase64(GROUP_KEY),
        HmacKey.ofBase64("Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc="));
  }
}
