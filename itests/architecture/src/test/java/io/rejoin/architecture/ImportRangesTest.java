/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

class ImportRangesTest {
  private static final ImportRanges RANGES = new ImportRanges(kurasPackages());

  static List<BuiltBundle> bundles() {
    return BuiltBundle.all();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldImportWhatResolvesOnEachReleaseAndNoMore(BuiltBundle bundle) {
    assertEquals(List.of(), RANGES.violations(bundle));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1.0,1.1) | 0",
        "[1.0,2)   | 1", // implements a provider type
        "[1.0,1.1] | 1",
        "1.0       | 1"
      })
  void shouldBindAnImplementerToTheMinorVersion(String range, int violations) {
    assertViolations(violations, "org.eclipse.kura.cloudconnection", range, Endpoint.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1.0,2) | 0", "[1.0,1.1) | 1"})
  void shouldBindAUserToTheMajorVersion(String range, int violations) {
    assertViolations(violations, "org.eclipse.kura.cloudconnection", range, Object.class);
    assertViolations(
        violations, "org.eclipse.kura.cloudconnection.listener", range, Listener.class);
  }

  @Test
  void shouldRefuseWhatDoesNotResolveOnKura55() {
    assertViolations(1, "org.eclipse.kura.security.keystore", "[1.2,2)", Object.class);
    assertViolations(0, "org.eclipse.kura.security.keystore", "[1.1,2)", Object.class);
  }

  @Test
  void shouldRefuseAPackageThatKuraDoesNotHave() {
    assertViolations(1, "org.eclipse.kura.nowhere", "[1.0,2)", Object.class);
  }

  @Test
  void shouldRefuseAnImportWithoutVersion() {
    BuiltBundle bundle =
        BuiltBundle.of("Bundle-SymbolicName: a\nImport-Package: org.eclipse.kura.crypto");
    assertEquals(1, RANGES.violations(bundle).size());
  }

  private static void assertViolations(
      int expected, String name, String range, Class<?> implementer) {
    String manifest =
        "Bundle-SymbolicName: a\nImport-Package: " + name + ";\n version=\"" + range + "\"";
    List<String> violations = RANGES.violations(BuiltBundle.of(manifest, implementer));
    assertEquals(expected, violations.size(), violations.toString());
  }

  private static Map<String, List<Version>> kurasPackages() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                ImportRangesTest.class.getResourceAsStream("/kura-packages.tsv"),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .collect(
              Collectors.toMap(
                  columns -> columns[0],
                  columns -> Arrays.stream(columns).skip(1).map(Version::parseVersion).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private abstract static class Endpoint implements CloudEndpoint {}

  private abstract static class Listener implements CloudConnectionListener {}
}
