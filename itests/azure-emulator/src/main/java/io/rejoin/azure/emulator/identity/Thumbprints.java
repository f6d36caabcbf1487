/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

import io.rejoin.azure.emulator.tls.Identity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Certificates known by their thumbprints, SHA-1 or SHA-256 in hexadecimal, in any case and with or
 * without colons.
 */
public record Thumbprints(Set<String> known) implements Credential {
  public Thumbprints {
    known = known.stream().map(Thumbprints::normalise).collect(Collectors.toUnmodifiableSet());
  }

  public static Thumbprints of(String... thumbprints) {
    return new Thumbprints(Set.of(thumbprints));
  }

  public static Thumbprints of(X509Certificate certificate) {
    return new Thumbprints(Set.of(Identity.thumbprintsOf(certificate).get(0)));
  }

  public boolean fit(X509Certificate certificate) {
    List<String> thumbprints = Identity.thumbprintsOf(certificate);
    return thumbprints.stream().anyMatch(known::contains);
  }

  private static String normalise(String thumbprint) {
    return thumbprint.replace(":", "").toUpperCase(Locale.ROOT);
  }
}
