/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.provisioning.DeviceCredential;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A device's symmetric key, held in memory. Never printed. */
public final class HmacKey implements DeviceCredential.SharedKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private HmacKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The key as Azure hands it out.
   *
   * @throws IllegalArgumentException when it is not Base64 or empty; the message does not repeat it
   */
  public static HmacKey ofBase64(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the device key is not Base64");
    }
    if (bytes.length == 0) {
      throw new IllegalArgumentException("the device key is empty");
    }
    return new HmacKey(bytes);
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "HmacKey(hidden)";
  }
}
