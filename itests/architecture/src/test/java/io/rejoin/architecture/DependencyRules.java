/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the classes of a bundle may use of the others and of the world. */
final class DependencyRules {
  static final String API = "io.rejoin.api";
  static final String RECONNECT = "io.rejoin.reconnect";
  static final String IOT_HUB = "io.rejoin.azure.iothub";

  /** Which of our bundles a bundle may use. Those not named here may use the API. */
  private static final Map<String, Set<String>> USES =
      Map.of(API, Set.of(), IOT_HUB, Set.of(API, RECONNECT));

  private static final Set<String> JDK_ALONE = Set.of(API, RECONNECT);

  private static final Set<String> JDK =
      ModuleLayer.boot().modules().stream()
          .filter(module -> in("java", module.getName()))
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toSet());

  private final Map<String, Set<String>> packagesByBundle;

  /**
   * The rules for a set of bundles.
   *
   * @param packagesByBundle the packages of each of our bundles
   */
  DependencyRules(Map<String, Set<String>> packagesByBundle) {
    this.packagesByBundle = packagesByBundle;
  }

  /** What of a bundle breaks the rules, a line each; empty if nothing does. */
  List<String> violations(BuiltBundle bundle) {
    return bundle.classes().stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> !allowed(bundle.name(), packageOf(dependency)))
        .map(Dependency::getDescription)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The packages that lie in more than one bundle, and in which; reconnect's may, since IoT Hub
   * embeds it. A copy of the API would be another type than the API.
   */
  Map<String, Set<String>> duplicates() {
    Map<String, Set<String>> owners = new TreeMap<>();
    packagesByBundle.forEach(
        (bundle, packages) ->
            packages.forEach(
                name -> owners.computeIfAbsent(name, key -> new TreeSet<>()).add(bundle)));
    owners.values().removeIf(of -> of.size() == 1 || of.equals(Set.of(RECONNECT, IOT_HUB)));
    return owners;
  }

  private static String packageOf(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    return target.getPackageName();
  }

  private boolean allowed(String bundle, String target) {
    if (target.isEmpty() || JDK.contains(target)) {
      return true; // primitive types have no package
    }
    if (in("io.rejoin", target)) {
      return has(bundle, target)
          || USES.getOrDefault(bundle, Set.of(API)).stream().anyMatch(used -> has(used, target));
    }
    if (in("org.eclipse.kura.core", target)) {
      return false; // Kura's internals: other names and versions in each release
    }
    if (in("com.microsoft.azure", target)) {
      return bundle.equals(IOT_HUB);
    }
    return !JDK_ALONE.contains(bundle) || isAnnotation(target);
  }

  private boolean has(String bundle, String target) {
    return packagesByBundle.getOrDefault(bundle, Set.of()).contains(target);
  }

  private static boolean isAnnotation(String target) {
    return in("org.jspecify.annotations", target) || in("org.osgi.annotation", target);
  }

  private static boolean in(String parent, String name) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
