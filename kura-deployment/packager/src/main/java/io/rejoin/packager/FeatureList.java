/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.packager;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.VersionRange;

/**
 * The bundles of a feature: the {@code -runbundles} of its {@code .bndrun}, which the build has
 * resolved against each release of Kura. Whatever installs a feature reads them here.
 *
 * @param name of the file, for messages
 * @param bundles symbolic name to the versions it may have
 */
public record FeatureList(String name, Map<String, VersionRange> bundles) {

  private static final Pattern BUNDLE =
      Pattern.compile("\\s*([\\w.-]+)\\s*;\\s*version\\s*=\\s*['\"]([^'\"]+)['\"]\\s*(?:,|$)");

  public FeatureList {
    bundles = Map.copyOf(bundles);
  }

  /** Reads a {@code .bndrun}. */
  public static FeatureList read(Path bndrun) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(bndrun)) {
      properties.load(reader);
    }
    String list = properties.getProperty("-runbundles", "");
    Map<String, VersionRange> bundles = new LinkedHashMap<>();
    Matcher matcher = BUNDLE.matcher(list);
    int end = 0;
    while (end < list.length() && matcher.find(end) && matcher.start() == end) {
      bundles.put(matcher.group(1), new VersionRange(matcher.group(2)));
      end = matcher.end();
    }
    if (bundles.isEmpty() || end < list.length()) {
      throw new IllegalArgumentException(
          bndrun + ": -runbundles has to be a list of name;version='[from,to)', but is: " + list);
    }
    return new FeatureList(String.valueOf(bndrun.getFileName()), bundles);
  }

  /** The jars of this list among others; each has to be there, in a version that fits. */
  public List<Path> select(Collection<Path> jars) {
    Map<String, BundleJar> found = new LinkedHashMap<>();
    jars.stream().map(BundleJar::read).forEach(jar -> found.put(jar.symbolicName(), jar));
    return bundles.keySet().stream().sorted().map(each -> pick(each, found)).toList();
  }

  private Path pick(String symbolicName, Map<String, BundleJar> found) {
    BundleJar jar = found.get(symbolicName);
    if (jar == null) {
      throw new IllegalArgumentException(
          name + " names " + symbolicName + ", which is not among the bundles " + found.keySet());
    }
    VersionRange range = bundles.get(symbolicName);
    if (range != null && !range.includes(jar.version())) {
      throw new IllegalArgumentException(
          name + " wants " + symbolicName + " " + range + ", the bundle here is " + jar.version());
    }
    return jar.file();
  }
}
