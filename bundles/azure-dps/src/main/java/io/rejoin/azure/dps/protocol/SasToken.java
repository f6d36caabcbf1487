/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import io.rejoin.provisioning.DeviceCredential;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** The shared access signature by which a device with a key speaks to the service. */
public final class SasToken {

  private SasToken() {}

  /**
   * The value of the Authorization header. The key signs and is not seen.
   *
   * @param expiry until when it is good; the service knows whole seconds
   */
  public static String create(
      Registration registration, DeviceCredential.SharedKey key, Instant expiry) {
    String resource = registration.resource();
    long seconds = expiry.getEpochSecond();
    byte[] signature = key.sign((resource + "\n" + seconds).getBytes(StandardCharsets.UTF_8));
    return "SharedAccessSignature sr="
        + resource
        + "&sig="
        + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8)
        + "&se="
        + seconds
        + "&skn=registration";
  }
}
