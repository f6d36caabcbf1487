/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges shared access signatures as Azure does: HMAC-SHA256 under one of the two keys, over {@code
 * sr} as it stands in the token, a newline and {@code se}; the audience and the expiry have to fit.
 *
 * <p>The Java SDK sends {@code sr} with only its path segments encoded, other clients send it
 * encoded as a whole; both are signed in the form in which they are sent, and Azure takes both.
 */
public final class SasVerifier {
  private SasVerifier() {}

  /**
   * What came of it.
   *
   * @param problem what is wrong, empty when nothing is
   * @param expiresAt when a good token ends, otherwise null
   */
  public record Verdict(String problem, @Nullable Instant expiresAt) {
    public boolean good() {
      return problem.isEmpty();
    }

    static Verdict bad(String problem) {
      return new Verdict(problem, null);
    }
  }

  /**
   * Judges one token.
   *
   * @param text the token
   * @param audiences what it may be for, such as {@code host/devices/id}; the case of the host is
   *     of no importance
   * @param base64Keys the keys that may have signed it
   */
  public static Verdict verify(
      String text, List<String> audiences, List<String> base64Keys, Instant now) {
    Optional<SasToken> parsed = SasToken.parse(text);
    if (parsed.isEmpty()) {
      return Verdict.bad("not a shared access signature");
    }
    SasToken token = parsed.get();
    if (audiences.stream().noneMatch(wanted -> sameAudience(token.audience(), wanted))) {
      return Verdict.bad("audience is " + token.audience() + ", not " + audiences.get(0));
    }
    if (base64Keys.stream().noneMatch(key -> signed(token, key))) {
      return Verdict.bad("signature does not fit the key");
    }
    if (!token.expiresAt().isAfter(now)) {
      return Verdict.bad("expired at " + token.expiresAt() + ", it is " + now);
    }
    return new Verdict("", token.expiresAt());
  }

  private static boolean signed(SasToken token, String base64Key) {
    byte[] expected = SasToken.hmac(base64Key, token.resource() + "\n" + token.expiry());
    return MessageDigest.isEqual(expected, token.signature());
  }

  private static boolean sameAudience(String one, String other) {
    int slash = other.indexOf('/');
    return one.length() == other.length()
        && one.regionMatches(true, 0, other, 0, slash)
        && one.regionMatches(false, slash, other, slash, other.length() - slash);
  }
}
