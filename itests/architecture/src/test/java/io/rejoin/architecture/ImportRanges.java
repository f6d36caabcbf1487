/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * The version ranges of imports, by the rules of semantic versioning: a bundle that implements a
 * provider type breaks with the next minor version of its package, one that only uses it with the
 * next major version. Both have to resolve on each release of Kura that we support.
 */
final class ImportRanges {
  private static final String PROVIDER_TYPE = "org.osgi.annotation.versioning.ProviderType";

  private final Map<String, List<Version>> kurasPackages;

  /**
   * The ranges for certain releases.
   *
   * @param kurasPackages the versions of each package in the releases to support
   */
  ImportRanges(Map<String, List<Version>> kurasPackages) {
    this.kurasPackages = kurasPackages;
  }

  /** What is wrong with the ranges of a bundle, a line each; empty if nothing is. */
  List<String> violations(BuiltBundle bundle) {
    Set<String> implemented = implementedPackages(bundle);
    List<String> found = new ArrayList<>();
    bundle
        .manifest()
        .getImportPackage()
        .forEach(
            (name, attributes) -> {
              if (name.startsWith("org.eclipse.kura") || name.startsWith("io.rejoin")) {
                check(name, attributes.getVersion(), implemented.contains(name), found);
              }
            });
    return found;
  }

  private void check(String name, String version, boolean implemented, List<String> found) {
    if (version == null) {
      found.add(name + " is imported without a version");
      return;
    }
    VersionRange range = new VersionRange(version);
    Version ceiling = ceiling(range.getLeft(), implemented);
    if (range.getRightType() != VersionRange.RIGHT_OPEN || !ceiling.equals(range.getRight())) {
      String why = implemented ? "implemented" : "only used";
      found.add(
          "%s is %s, but its range %s does not end before %s".formatted(name, why, range, ceiling));
    }
    for (Version release : kurasPackages.getOrDefault(name, List.of())) {
      if (!range.includes(release)) {
        found.add("%s %s leaves out %s of a supported Kura".formatted(name, range, release));
      }
    }
    if (name.startsWith("org.eclipse.kura") && !kurasPackages.containsKey(name)) {
      found.add(name + " is no package whose versions in Kura's releases are known");
    }
  }

  private static Version ceiling(Version floor, boolean implemented) {
    return implemented
        ? new Version(floor.getMajor(), floor.getMinor() + 1, 0)
        : new Version(floor.getMajor() + 1, 0, 0);
  }

  private static Set<String> implementedPackages(BuiltBundle bundle) {
    return bundle.classes().stream()
        .flatMap(ImportRanges::parents)
        .filter(parent -> parent.isAnnotatedWith(PROVIDER_TYPE))
        .map(JavaClass::getPackageName)
        .collect(Collectors.toSet());
  }

  private static Stream<JavaClass> parents(JavaClass type) {
    return Stream.concat(
        type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream());
  }
}
