/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.identity.SasVerifier.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SasVerifierTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final String AUDIENCE = "hub.example/devices/pump-7";
  private static final SymmetricKeys KEYS = SymmetricKeys.generate();

  /** Signed the known token outside of this project, with Python's hmac. */
  private static final String KNOWN_KEY = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IDEyMzQ=";

  @Test
  void shouldAcceptEitherKeyAndEitherForm() {
    assertGood(SasToken.sign(AUDIENCE, KEYS.primary(), LATER, ""));
    assertGood(SasToken.sign(AUDIENCE, KEYS.secondary(), LATER, ""));
    assertGood(SasToken.sign("hub.example%2Fdevices%2Fpump-7", KEYS.primary(), LATER, "device"));
    assertGood(SasToken.sign("HUB.example/devices/pump-7", KEYS.primary(), LATER, ""));
  }

  private static void assertGood(String token) {
    Verdict verdict = judge(token);
    assertEquals("", verdict.problem());
    assertEquals(LATER, verdict.expiresAt());
  }

  @Test
  void shouldAgreeWithASignatureMadeElsewhere() {
    String token =
        "SharedAccessSignature sr=hub.example%2Fdevices%2Fpump-7"
            + "&sig=lkDTWST9NmDc%2BiUIoerJDDfrcIkZVVsb%2B5nHmIM7E2A%3D&se=1767229200";

    assertEquals(
        "", SasVerifier.verify(token, List.of(AUDIENCE), List.of(KNOWN_KEY), NOW).problem());
  }

  @Test
  void shouldTakeTheFieldsInAnyOrder() {
    String token = SasToken.sign(AUDIENCE, KEYS.primary(), LATER, "");
    String[] fields = token.substring("SharedAccessSignature ".length()).split("&", -1);

    assertGood("SharedAccessSignature " + fields[2] + "&" + fields[1] + "&" + fields[0]);
  }

  @Test
  void shouldRefuseAnotherKey() {
    String other = SymmetricKeys.generate().primary();

    assertBad("signature", SasToken.sign(AUDIENCE, other, LATER, ""));
  }

  @Test
  void shouldRefuseAnotherAudience() {
    for (String other :
        List.of("hub.example/devices/pump-8", "hub.example/devices/PUMP-7", "hub.example")) {
      assertBad("audience", SasToken.sign(other, KEYS.primary(), LATER, ""));
    }
  }

  @Test
  void shouldRefuseATokenAtItsExpiry() {
    assertBad("expired", SasToken.sign(AUDIENCE, KEYS.primary(), NOW, ""));
  }

  @Test
  void shouldRefuseAChangedExpiry() {
    String token = SasToken.sign(AUDIENCE, KEYS.primary(), NOW, "");
    String se = "se=" + NOW.getEpochSecond();

    assertBad("signature", token.replace(se, "se=" + LATER.getEpochSecond()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer x",
        "SharedAccessSignature ",
        "SharedAccessSignature sr=a&sig=b",
        "SharedAccessSignature sr=a&sr=a&sig=YQ==&se=1",
        "SharedAccessSignature sr=a&sig=%%%&se=1",
        "SharedAccessSignature sr=a&sig=YQ==&se=soon",
        "SharedAccessSignature sr=a&sig=YQ==&se=999999999999999999",
      })
  void shouldRefuseWhatIsNoToken(String text) {
    assertBad("not a shared access signature", text);
  }

  @Test
  void shouldDeriveAGroupsKeys() {
    SymmetricKeys derived = KEYS.derive("pump-7");

    assertEquals(derived, KEYS.derive("pump-7"));
    assertTrue(!derived.primary().equals(KEYS.derive("pump-8").primary()));
  }

  private static Verdict judge(String token) {
    return SasVerifier.verify(token, List.of(AUDIENCE), KEYS.both(), NOW);
  }

  private static void assertBad(String problem, String token) {
    String told = judge(token).problem();
    assertTrue(told.contains(problem), told);
  }
}
