/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.identity.Thumbprints;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** How the devices of an enrolment prove who they are. */
public sealed interface Attestation {

  /** Whether a certificate that names the device is good for it. */
  default boolean fits(X509Certificate certificate) {
    return false;
  }

  /** A shared key: the device's own in an individual enrolment, the master key in a group. */
  record SharedKey(SymmetricKeys keys) implements Attestation {}

  /** A certificate known by its thumbprint; individual enrolments alone. */
  record Certificate(Thumbprints thumbprints) implements Attestation {
    @Override
    public boolean fits(X509Certificate certificate) {
      return thumbprints.fit(certificate);
    }
  }

  /** Any certificate that this authority signed, for its common name; groups alone. */
  record Authority(X509Certificate authority) implements Attestation {
    @Override
    public boolean fits(X509Certificate certificate) {
      try {
        certificate.verify(authority.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }
}
