/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.identity.Credential;
import io.rejoin.azure.emulator.identity.SasToken;
import io.rejoin.azure.emulator.identity.SasVerifier;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import io.rejoin.azure.emulator.identity.Thumbprints;
import io.rejoin.azure.emulator.net.HttpCall;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The enrolments, and who may register by them. Thread-safe. */
final class Enrolments {
  private static final String POLICY = "registration";

  private final String idScope;
  private final Clock clock;
  private final Map<String, Enrolment> individual = new ConcurrentHashMap<>();
  private final Map<String, Enrolment> groups = new ConcurrentHashMap<>();

  Enrolments(String idScope, Clock clock) {
    this.idScope = idScope;
    this.clock = clock;
  }

  /**
   * @param credential what the assigned hub shall know the device by
   */
  record Admitted(Enrolment enrolment, Credential credential) {}

  /** Exactly one of both is there. */
  record Judgement(@Nullable Admitted admitted, @Nullable DpsError error) {
    static Judgement denied(DpsError error) {
      return new Judgement(null, error);
    }
  }

  void put(Enrolment enrolment) {
    (enrolment.group() ? groups : individual).put(enrolment.name(), enrolment);
  }

  void remove(String name) {
    individual.remove(name);
    groups.remove(name);
  }

  /** An individual enrolment, or a group by its name. */
  Enrolment get(String name) {
    Enrolment found = individual.getOrDefault(name, groups.get(name));
    if (found == null) {
      throw new IllegalArgumentException("no enrolment " + name);
    }
    return found;
  }

  List<Enrolment> all() {
    return Stream.of(individual, groups)
        .flatMap(map -> map.values().stream())
        .sorted(Comparator.comparing(Enrolment::name))
        .toList();
  }

  /** An individual enrolment comes before a group, as on Azure. */
  Judgement judge(String registrationId, HttpCall call) {
    Enrolment own = individual.get(registrationId);
    if (own != null) {
      Optional<Credential> credential = credential(own, registrationId, call);
      return credential
          .map(fits -> new Judgement(new Admitted(own, fits), null))
          .orElseGet(() -> Judgement.denied(DpsError.UNAUTHORIZED));
    }
    for (Enrolment group : groups.values()) {
      Optional<Credential> credential = credential(group, registrationId, call);
      if (credential.isPresent()) {
        return new Judgement(new Admitted(group, credential.get()), null);
      }
    }
    return Judgement.denied(
        groups.isEmpty() ? DpsError.ENROLMENT_NOT_FOUND : DpsError.UNAUTHORIZED);
  }

  private Optional<Credential> credential(
      Enrolment enrolment, String registrationId, HttpCall call) {
    Attestation attestation = enrolment.attestation();
    if (attestation instanceof Attestation.SharedKey shared) {
      SymmetricKeys keys = enrolment.keysOf(shared, registrationId);
      return signedBy(keys, registrationId, call) ? Optional.of(keys) : Optional.empty();
    }
    return call.clientCertificate()
        .filter(certificate -> fits(attestation, registrationId, certificate))
        .map(Thumbprints::of);
  }

  private boolean signedBy(SymmetricKeys keys, String registrationId, HttpCall call) {
    String token = call.header("authorization").orElse("");
    boolean policy =
        SasToken.parse(token).filter(parsed -> parsed.policy().equals(POLICY)).isPresent();
    String audience = idScope + "/registrations/" + registrationId;
    return policy
        && SasVerifier.verify(token, List.of(audience), keys.both(), clock.instant()).good();
  }

  private static boolean fits(
      Attestation attestation, String registrationId, X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    return List.of(subject.split(",")).contains("CN=" + registrationId)
        && attestation.fits(certificate);
  }
}
