/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import io.rejoin.provisioning.DeviceCredential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A symmetric key: that of an individual enrolment, or one derived from a group's. Immutable and
 * thread-safe. Shows the key to nobody: {@link #toString} does not, and it cannot be asked for.
 */
public final class SymmetricKey implements DeviceCredential.SharedKey {

  /** What DPS accepts as key. */
  private static final int MIN_BYTES = 16;

  private static final int MAX_BYTES = 64;
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  private SymmetricKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, HMAC);
  }

  /**
   * @param base64 the key as the portal shows it
   * @throws IllegalArgumentException if it is no such key; the message does not quote it
   */
  public static SymmetricKey ofBase64(String base64) {
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
    return new SymmetricKey(bytes);
  }

  /**
   * The key of one device of a group whose key this is, in base64: the HMAC of its registration id
   * under the group's key, as DPS computes it too.
   */
  public String deriveBase64(String registrationId) {
    return Base64.getEncoder()
        .encodeToString(sign(registrationId.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SymmetricKey that && key.equals(that.key);
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
