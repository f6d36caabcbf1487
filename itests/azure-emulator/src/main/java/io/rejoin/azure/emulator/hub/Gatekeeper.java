/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.identity.SasVerifier;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.tls.Identity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges a device's credential, the same way for MQTT and for HTTPS. */
final class Gatekeeper {
  private final Supplier<List<String>> names;
  private final DeviceRegistry registry;
  private final Clock clock;

  Gatekeeper(Supplier<List<String>> names, DeviceRegistry registry, Clock clock) {
    this.names = names;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * @param error why the device is not admitted, null when it is
   * @param detail in words, for the error's text and the log; of one who is admitted, by what
   * @param until when the credential ends, null when it does not
   */
  record Judgement(@Nullable HubError error, String detail, @Nullable Instant until) {
    static Judgement granted(String by, @Nullable Instant until) {
      return new Judgement(null, by, until);
    }

    static Judgement denied(HubError error, String detail) {
      return new Judgement(error, detail, null);
    }
  }

  Judgement judge(
      String deviceId, @Nullable String sharedAccess, Optional<X509Certificate> certificate) {
    Optional<Device> found = registry.find(deviceId);
    if (found.isEmpty()) {
      return Judgement.denied(HubError.DEVICE_NOT_FOUND, "no device " + deviceId);
    }
    Device device = found.get();
    if (!device.enabled()) {
      return Judgement.denied(HubError.DEVICE_DISABLED, "device " + deviceId + " is disabled");
    }
    if (device.credential() instanceof SymmetricKeys keys) {
      return judgeKey(deviceId, keys, sharedAccess);
    }
    return judgeCertificate((Thumbprints) device.credential(), sharedAccess, certificate);
  }

  private Judgement judgeKey(String deviceId, SymmetricKeys keys, @Nullable String sharedAccess) {
    if (sharedAccess == null) {
      return Judgement.denied(HubError.UNAUTHORIZED, "no shared access signature");
    }
    SasVerifier.Verdict verdict =
        SasVerifier.verify(
            sharedAccess,
            names.get().stream().map(name -> name + "/devices/" + deviceId).toList(),
            keys.both(),
            clock.instant());
    return verdict.good()
        ? Judgement.granted("by signature", verdict.expiresAt())
        : Judgement.denied(HubError.UNAUTHORIZED, verdict.problem());
  }

  private static Judgement judgeCertificate(
      Thumbprints thumbprints,
      @Nullable String sharedAccess,
      Optional<X509Certificate> certificate) {
    if (sharedAccess != null) {
      return Judgement.denied(
          HubError.UNAUTHORIZED, "a shared access signature for a device with a certificate");
    }
    if (certificate.isEmpty()) {
      return Judgement.denied(HubError.UNAUTHORIZED, "no client certificate");
    }
    return thumbprints.fit(certificate.get())
        ? Judgement.granted("by certificate " + thumbprint(certificate.get()), null)
        : Judgement.denied(HubError.UNAUTHORIZED, "unknown certificate thumbprint");
  }

  private static String thumbprint(X509Certificate certificate) {
    return Identity.thumbprintsOf(certificate).get(0);
  }
}
