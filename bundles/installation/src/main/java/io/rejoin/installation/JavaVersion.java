/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

/** The Java that Rejoin needs, against the one that runs. */
final class JavaVersion {

  static final int NEEDED = 17;

  private JavaVersion() {}

  /** The feature release of {@code java.specification.version}: 8 for "1.8", 17 for "17". */
  static int release(String specificationVersion) {
    String[] parts = specificationVersion.split("\\.", -1);
    boolean old = parts[0].equals("1") && parts.length > 1;
    return Integer.parseInt(old ? parts[1] : parts[0]);
  }

  /** The line for the log, empty when this Java will do. */
  static String complaint(String specificationVersion) {
    int release = release(specificationVersion);
    if (release >= NEEDED) {
      return "";
    }
    return "Rejoin needs Java "
        + NEEDED
        + " or newer and this gateway runs Java "
        + release
        + ": its bundles are installed and cannot start, so the console offers no Rejoin connection."
        + " Install a Java "
        + NEEDED
        + " runtime, for example openjdk-17-jre-headless, and restart Kura";
  }
}
