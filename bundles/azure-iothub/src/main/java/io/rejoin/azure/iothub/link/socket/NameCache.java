/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.security.Security;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the JVM believes a name's addresses. A hub that fails over keeps its name and changes
 * its address, so a JVM that was told to remember for long does not find it again. The setting
 * belongs to the whole JVM: it is warned about, and never changed from here.
 */
public final class NameCache {
  private static final String PROPERTY = "networkaddress.cache.ttl";

  /** What older JVMs read, and newer ones still do where the other is not set. */
  private static final String OLD_PROPERTY = "sun.net.inetaddr.ttl";

  private static final int LONGEST_GOOD_SECONDS = 60;

  private NameCache() {}

  /** One line on what is wrong with this JVM's setting, empty if nothing is. */
  public static Optional<String> problem() {
    String configured = Security.getProperty(PROPERTY);
    return configured == null
        ? problem(OLD_PROPERTY, System.getProperty(OLD_PROPERTY))
        : problem(PROPERTY, configured);
  }

  /**
   * The same for a value.
   *
   * @param seconds as the JVM reads it: negative for ever, null or no number its default of 30 s
   */
  static Optional<String> problem(String property, @Nullable String seconds) {
    if (seconds == null || !seconds.matches("-?\\d{1,9}")) {
      return Optional.empty();
    }
    int ttl = Integer.parseInt(seconds);
    if (ttl >= 0 && ttl <= LONGEST_GOOD_SECONDS) {
      return Optional.empty();
    }
    String span = ttl < 0 ? "for ever" : "for " + ttl + " s";
    return Optional.of(
        property
            + " is "
            + seconds
            + ": this JVM remembers addresses "
            + span
            + ", and a hub that failed over is not found meanwhile; set it to 0 to "
            + LONGEST_GOOD_SECONDS);
  }
}
