/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestRulesTest {

  static List<BuiltBundle> bundles() {
    return BuiltBundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldKeepTheRules(BuiltBundle bundle) {
    assertEquals(List.of(), ManifestRules.violations(bundle.manifest()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Import-Package: io.rejoin.retry;version=\"[1.0,2)\"",
        "Require-Capability: osgi.extender;filter:=\"(&(osgi.extender=osgi.component)"
            + "(version>=1.4.0)(!(version>=2.0.0)))\"",
      })
  void shouldAccept(String header) {
    assertEquals(List.of(), violations(header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Export-Package: io.rejoin.azure.dps;version=\"1.0.0\"",
        "Import-Package: io.rejoin.reconnect",
        "Import-Package: io.rejoin.retry;resolution:=optional",
        "Import-Package: org.eclipse.kura.core.data",
        "DynamicImport-Package: *",
        "Require-Bundle: io.rejoin.azure.iothub",
        "Require-Capability: osgi.extender;filter:=\"(&(osgi.extender=osgi.component)"
            + "(version>=1.5.0)(!(version>=2.0.0)))\"",
        "Service-Component: OSGI-INF/a.xml",
      })
  void shouldRefuse(String header) {
    assertNotEquals(List.of(), violations(header));
  }

  @Test
  void shouldMissAnApiThatIsNotExported() {
    String manifest = "Bundle-SymbolicName: io.rejoin.api\nExport-Package: io.rejoin.retry";
    assertNotEquals(List.of(), ManifestRules.violations(BuiltBundle.of(manifest).manifest()));
  }

  /** Manifest lines hold 72 bytes: longer ones go on in the next, behind a blank. */
  private static List<String> violations(String header) {
    String folded = header.replaceAll("(.{70})", "$1\n ");
    String manifest = "Bundle-SymbolicName: io.rejoin.azure.dps\n" + folded;
    return ManifestRules.violations(BuiltBundle.of(manifest).manifest());
  }
}
