/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.identity.Thumbprints;
import java.security.cert.X509Certificate;

/**
 * An enrolment of one device or of a group. Immutable.
 *
 * @param name the registration id, or the group's name
 */
public record Enrolment(
    String name,
    boolean group,
    Attestation attestation,
    Allocation allocation,
    Reprovisioning reprovisioning,
    boolean enabled) {

  /** One device with new shared keys. */
  public static Enrolment individual(String registrationId, String hubHostName) {
    return of(
        registrationId, false, new Attestation.SharedKey(SymmetricKeys.generate()), hubHostName);
  }

  /** One device with this certificate. */
  public static Enrolment individual(
      String registrationId, X509Certificate certificate, String hubHostName) {
    return of(
        registrationId,
        false,
        new Attestation.Certificate(Thumbprints.of(certificate)),
        hubHostName);
  }

  /** Devices whose keys are derived from new master keys. */
  public static Enrolment group(String name, String hubHostName) {
    return of(name, true, new Attestation.SharedKey(SymmetricKeys.generate()), hubHostName);
  }

  /** Devices with certificates of this authority. */
  public static Enrolment group(String name, X509Certificate authority, String hubHostName) {
    return of(name, true, new Attestation.Authority(authority), hubHostName);
  }

  private static Enrolment of(
      String name, boolean group, Attestation attestation, String hubHostName) {
    return new Enrolment(
        name, group, attestation, Allocation.to(hubHostName), Reprovisioning.MIGRATE, true);
  }

  public Enrolment with(Allocation newAllocation) {
    return new Enrolment(name, group, attestation, newAllocation, reprovisioning, enabled);
  }

  public Enrolment with(Attestation newAttestation) {
    return new Enrolment(name, group, newAttestation, allocation, reprovisioning, enabled);
  }

  public Enrolment with(Reprovisioning policy) {
    return new Enrolment(name, group, attestation, allocation, policy, enabled);
  }

  public Enrolment enabled(boolean nowEnabled) {
    return new Enrolment(name, group, attestation, allocation, reprovisioning, nowEnabled);
  }

  /**
   * The primary key that this device registers with, base64.
   *
   * @throws IllegalStateException when the enrolment has no shared key
   */
  public String deviceKey(String registrationId) {
    if (attestation instanceof Attestation.SharedKey shared) {
      return keysOf(shared, registrationId).primary();
    }
    throw new IllegalStateException("enrolment " + name + " has no shared key");
  }

  SymmetricKeys keysOf(Attestation.SharedKey shared, String registrationId) {
    return group ? shared.keys().derive(registrationId) : shared.keys();
  }
}
