/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path segments, percent-decoded
 * @param query parameters, decoded; the last one where a name is repeated
 * @param headers names in lower case
 * @param clientCertificate what the client showed in the TLS handshake
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to read, never compared
public record HttpCall(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Optional<X509Certificate> clientCertificate) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
