/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.azure.fixture.SdkType;
import com.tngtech.archunit.core.domain.JavaClass;
import io.rejoin.architecture.fixture.Reconnect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.core.fixture.KuraInternal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependencyRulesTest {

  static List<BuiltBundle> bundles() {
    return BuiltBundle.all();
  }

  @Test
  void shouldFindAllBundles() {
    assertEquals(
        Set.of(
            "io.rejoin.api",
            "io.rejoin.installation",
            "io.rejoin.reconnect",
            "io.rejoin.retry.policies",
            "io.rejoin.azure.dps",
            "io.rejoin.azure.iothub"),
        bundles().stream().map(BuiltBundle::name).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldUseOnlyWhatIsAllowed(BuiltBundle bundle) {
    assertEquals(List.of(), rules().violations(bundle));
  }

  @Test
  void shouldHaveEachPackageInOneBundle() {
    assertEquals(Map.of(), rules().duplicates());
  }

  @Test
  void shouldRefuseACopyOfTheApi() {
    Map<String, Set<String>> packages =
        Map.of(
            "io.rejoin.api",
            Set.of("io.rejoin.retry"),
            "io.rejoin.reconnect",
            Set.of("io.rejoin.reconnect"),
            "io.rejoin.azure.iothub",
            Set.of("io.rejoin.reconnect", "io.rejoin.retry"));

    assertEquals(
        Map.of("io.rejoin.retry", Set.of("io.rejoin.api", "io.rejoin.azure.iothub")),
        new DependencyRules(packages).duplicates());
  }

  @Test
  void shouldLetIotHubUseTheSdkAndReconnect() {
    assertEquals(0, violations("io.rejoin.azure.iothub", UsesSdk.class));
    assertEquals(0, violations("io.rejoin.azure.iothub", UsesReconnect.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.rejoin.api",
        "io.rejoin.reconnect",
        "io.rejoin.retry.policies",
        "io.rejoin.azure.dps"
      })
  void shouldRefuseTheSdkElsewhere(String bundle) {
    assertEquals(1, violations(bundle, UsesSdk.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.rejoin.api", "io.rejoin.retry.policies", "io.rejoin.azure.dps"})
  void shouldRefuseReconnectElsewhere(String bundle) {
    assertEquals(1, violations(bundle, UsesReconnect.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.rejoin.retry.policies", "io.rejoin.azure.iothub"})
  void shouldRefuseKurasInternals(String bundle) {
    assertEquals(1, violations(bundle, UsesKuraInternals.class));
  }

  @Test
  void shouldKeepLibrariesOutOfApiAndReconnect() {
    assertEquals(1, violations("io.rejoin.api", UsesLibrary.class));
    assertEquals(1, violations("io.rejoin.reconnect", UsesLibrary.class));
    assertEquals(0, violations("io.rejoin.azure.dps", UsesLibrary.class));
  }

  private static DependencyRules rules() {
    return new DependencyRules(
        bundles().stream().collect(Collectors.toMap(BuiltBundle::name, BuiltBundle::packages)));
  }

  /** How many packages the class must not use there; the interface that it implements is one. */
  private static long violations(String bundle, Class<?> fixture) {
    Map<String, Set<String>> packages =
        Map.of(
            "io.rejoin.reconnect",
            Set.of(Reconnect.class.getPackageName()),
            "io.rejoin.azure.iothub",
            Set.of("io.rejoin.azure.iothub"));
    return new DependencyRules(packages)
        .violations(BuiltBundle.of("Bundle-SymbolicName: " + bundle, fixture))
        .size();
  }

  private interface UsesSdk extends SdkType {}

  private interface UsesReconnect extends Reconnect {}

  private interface UsesKuraInternals extends KuraInternal {}

  private interface UsesLibrary extends List<JavaClass> {}
}
