/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Who asks: one registration of one provisioning service. Immutable.
 *
 * @param idScope names the provisioning service among all of Azure's
 * @param registrationId names the device there
 */
public record Registration(String idScope, String registrationId) {

  /** The path of everything about this registration, each segment escaped. */
  String path() {
    return "/" + segment(idScope) + "/registrations/" + segment(registrationId);
  }

  /** What a token is for; not escaped, as the service expects it. */
  String resource() {
    return idScope + "/registrations/" + registrationId;
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
