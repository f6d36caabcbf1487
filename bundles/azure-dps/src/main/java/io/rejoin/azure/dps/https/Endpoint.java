/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens. Immutable.
 *
 * @param host a name or an IPv4 address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(\\d{1,5}))?");

  public Endpoint {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port is not between 1 and 65535: " + port);
    }
  }

  /**
   * Reads what an operator wrote.
   *
   * @param text host or host:port
   * @throws IllegalArgumentException if it is neither
   */
  public static Endpoint parse(String text, int defaultPort) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is not of the form host or host:port");
    }
    String port = matcher.group(2);
    return new Endpoint(matcher.group(1), port == null ? defaultPort : Integer.parseInt(port));
  }

  URI resolve(String path) {
    return URI.create("https://" + host + ":" + port + path);
  }

  @Override
  public String toString() {
    return port == 443 ? host : host + ":" + port;
  }
}
