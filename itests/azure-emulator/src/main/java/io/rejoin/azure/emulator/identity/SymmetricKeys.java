/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * A primary and a secondary shared key, each good for itself.
 *
 * @param primary base64
 * @param secondary base64
 */
public record SymmetricKeys(String primary, String secondary) implements Credential {
  private static final SecureRandom random = new SecureRandom();

  /** Two keys of 256 bits, as Azure makes them. */
  public static SymmetricKeys generate() {
    return new SymmetricKeys(newKey(), newKey());
  }

  /** The keys of a device in a group: HMAC-SHA256 of the registration id under the group's keys. */
  public SymmetricKeys derive(String registrationId) {
    return new SymmetricKeys(
        encode(SasToken.hmac(primary, registrationId)),
        encode(SasToken.hmac(secondary, registrationId)));
  }

  public List<String> both() {
    return List.of(primary, secondary);
  }

  private static String newKey() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return encode(key);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SymmetricKeys[...]";
  }
}
