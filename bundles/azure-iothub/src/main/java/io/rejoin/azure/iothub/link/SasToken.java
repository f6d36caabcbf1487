/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.provisioning.DeviceCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * A shared access signature, by which a device proves for a while that it has its key. Never
 * printed.
 *
 * @param text what goes over the wire
 * @param expiresAt the end of its life, by the hub's clock, in whole seconds
 */
public record SasToken(String text, Instant expiresAt) {

  /**
   * Signs a token for a device.
   *
   * @param now the hub's time
   */
  public static SasToken sign(
      DeviceCredential.SharedKey key, String host, String deviceId, Instant now, Duration life) {
    Instant expiresAt = now.plus(life).truncatedTo(ChronoUnit.SECONDS);
    String audience = host + "/devices/" + encode(deviceId);
    String signed = audience + "\n" + expiresAt.getEpochSecond();
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.UTF_8));
    String text =
        "SharedAccessSignature sig="
            + encode(Base64.getEncoder().encodeToString(signature))
            + "&se="
            + expiresAt.getEpochSecond()
            + "&sr="
            + audience;
    return new SasToken(text, expiresAt);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "SasToken(hidden, expires " + expiresAt + ")";
  }
}
