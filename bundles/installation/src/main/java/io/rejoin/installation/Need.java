/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bundle needs, in words that a person can act on. */
final class Need {

  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
  private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([\\w.]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([\\w.]+)\\)\\)");
  private static final Pattern EXACTLY = Pattern.compile("\\(version=(\\d+)");
  private static final Pattern EXTENDER = Pattern.compile("osgi\\.extender=([\\w.]+)");

  private Need() {}

  /** A requirement of OSGi in words, by its namespace and filter. */
  static String inWords(String namespace, String filter) {
    switch (namespace) {
      case "osgi.ee":
        return "Java " + first(EXACTLY, filter, first(AT_LEAST, filter, "of another version"));
      case "osgi.wiring.package":
        return "the package " + first(PACKAGE, filter, filter) + versions(filter);
      case "osgi.extender":
        return "the extender " + first(EXTENDER, filter, filter) + versions(filter);
      default:
        return namespace + " " + filter;
    }
  }

  /** What to do about it, with a leading separator; empty when there is no general remedy. */
  static String remedy(String need) {
    if (need.startsWith("the package io.rejoin.")) {
      return " (install the package rejoin-retry-policies of the same version)";
    }
    if (need.startsWith("the package org.eclipse.kura")) {
      return " (Rejoin is for Kura 5.5, 5.6 and 6)";
    }
    return "";
  }

  private static String versions(String filter) {
    String below = first(BELOW, filter, "");
    String atLeast = first(AT_LEAST, filter, "");
    return (atLeast.isEmpty() ? "" : " from " + atLeast)
        + (below.isEmpty() ? "" : " below " + below);
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
