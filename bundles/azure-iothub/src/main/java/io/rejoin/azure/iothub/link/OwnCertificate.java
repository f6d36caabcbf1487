/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the device's own certificate can be shown now. Checked before each attempt, since with
 * TLS 1.3 a server complains only after the handshake, which looks like a lost connection.
 */
final class OwnCertificate {

  private OwnCertificate() {}

  /**
   * What is wrong with it, null when nothing is or there is none.
   *
   * @param now the hub's time
   */
  static @Nullable Failure problem(DeviceCredential credential, Instant now) {
    if (!(credential instanceof DeviceCredential.Certificate own)) {
      return null;
    }
    X509Certificate certificate = own.certificate();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      return Failure.of(FailureKind.OWN_CERTIFICATE_EXPIRED, "on " + until);
    }
    return now.isBefore(from)
        ? Failure.of(FailureKind.OWN_CERTIFICATE_NOT_YET_VALID, "it is from " + from)
        : null;
  }
}
