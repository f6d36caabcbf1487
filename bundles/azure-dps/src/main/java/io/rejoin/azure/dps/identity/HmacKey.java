/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key as DPS knows symmetric keys. Needs the JDK alone, so that a person can derive a device's
 * key from its group's at home. Immutable and thread-safe; {@link #toString} shows nothing.
 */
public final class HmacKey {

  /** What DPS accepts as key. */
  private static final int MIN_BYTES = 16;

  private static final int MAX_BYTES = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private HmacKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads what an operator copied.
   *
   * @param base64 the key as the portal shows it
   * @throws IllegalArgumentException if it is no such key; the message does not quote it
   */
  public static HmacKey ofBase64(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not base64 text");
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "it holds " + bytes.length + " bytes, and keys have " + MIN_BYTES + " to " + MAX_BYTES);
    }
    return new HmacKey(bytes);
  }

  /** The HMAC-SHA256 of a message under this key. */
  public byte[] sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * The key of one device of the group whose key this is, in base64: the HMAC of its registration
   * id, as DPS computes it too.
   */
  public String deriveBase64(String registrationId) {
    return Base64.getEncoder()
        .encodeToString(sign(registrationId.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HmacKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "symmetric key (not shown)";
  }
}
