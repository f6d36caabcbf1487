/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import aQute.bnd.header.Attrs;
import aQute.bnd.osgi.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;

/** What a bundle may say in its manifest. */
final class ManifestRules {
  private static final Map<String, Set<String>> EXPORTS =
      Map.of("io.rejoin.api", Set.of("io.rejoin.retry", "io.rejoin.provisioning"));

  /** What Felix SCR 2.1.16 of Kura 5.5 and 5.6 provides: Declarative Services 1.4. */
  private static final Map<String, Object> KURAS_SCR =
      Map.of("osgi.extender", "osgi.component", "version", new Version(1, 4, 0));

  private ManifestRules() {}

  /** What of a manifest breaks the rules, a line each; empty if nothing does. */
  static List<String> violations(Domain manifest) {
    List<String> found = new ArrayList<>();
    exports(manifest, found);
    imports(manifest, found);
    extenders(manifest, found);
    for (String header : List.of("DynamicImport-Package", "Require-Bundle", "Fragment-Host")) {
      if (manifest.get(header) != null) {
        found.add(header + " hides what the bundle needs");
      }
    }
    return found;
  }

  private static void exports(Domain manifest, List<String> found) {
    Set<String> expected =
        EXPORTS.getOrDefault(manifest.getBundleSymbolicName().getKey(), Set.of());
    Set<String> exported = manifest.getExportPackage().keySet();
    if (!exported.equals(expected)) {
      found.add("exports " + exported + " instead of its API " + expected);
    }
  }

  private static void imports(Domain manifest, List<String> found) {
    Set<String> api = EXPORTS.get("io.rejoin.api");
    manifest
        .getImportPackage()
        .forEach(
            (name, attributes) -> {
              if (name.startsWith("io.rejoin.") && !api.contains(name)) {
                found.add("imports " + name + ", which is no API");
              }
              if (name.startsWith("io.rejoin.") && isOptional(attributes)) {
                found.add("imports " + name + " optionally");
              }
              if (name.startsWith("org.eclipse.kura.core")) {
                found.add("imports " + name + ", which Kura keeps to itself");
              }
            });
  }

  private static boolean isOptional(Attrs attributes) {
    return "optional".equals(attributes.get("resolution:"));
  }

  private static void extenders(Domain manifest, List<String> found) {
    manifest.getRequireCapability().entrySet().stream()
        .filter(required -> required.getKey().startsWith("osgi.extender"))
        .map(required -> required.getValue().get("filter:"))
        .filter(filter -> filter.contains("osgi.component") && !matches(filter))
        .forEach(filter -> found.add("requires " + filter + ", Kura has DS 1.4"));
    if (manifest.get("Service-Component") != null
        && manifest.getRequireCapability().get("osgi.extender") == null) {
      found.add("has components but does not require the extender that runs them");
    }
  }

  private static boolean matches(String filter) {
    try {
      return FrameworkUtil.createFilter(filter).matches(KURAS_SCR);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
