/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rejoin.packager.FeatureList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each feature resolves on each Kura, to exactly the bundles that are committed, from which the
 * deployment packages are made. Kura reports a package whose bundles cannot resolve as installed,
 * so it has to fail here.
 */
class FeaturesTest {

  private static final Path FEATURES = Path.of("").toAbsolutePath();
  private static final List<String> NAMES = List.of("retry-policies", "azure-iothub", "azure-dps");
  private static final List<String> KURAS = List.of("kura-5.5.0", "kura-5.6.0", "kura-6");

  @TempDir Path directory;

  static Stream<Arguments> featuresAndKuras() {
    return NAMES.stream().flatMap(name -> KURAS.stream().map(kura -> arguments(name, kura)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("featuresAndKuras")
  void shouldResolveToItsCommittedBundles(String feature, String kura) throws Exception {
    Path bndrun = FEATURES.resolve(feature + ".bndrun");

    Resolution resolution =
        Resolution.of(
            Files.readString(bndrun), FEATURES.resolve(kura + ".bnd"), ourBundles(), directory);

    assertEquals("", resolution.complaint(), () -> bndrun.getFileName() + " on " + kura);
    assertEquals(
        committed(bndrun),
        resolution.bundles(),
        "-runbundles of " + bndrun.getFileName() + " has to be what it resolves to on " + kura);
  }

  @Test
  void shouldNotNeedTheProvisionerForTheConnection() throws IOException {
    assertTrue(
        FeatureList.read(FEATURES.resolve("azure-iothub.bndrun")).bundles().keySet().stream()
            .noneMatch(name -> name.contains("dps")));
  }

  @Test
  void shouldSayWhichPackageKuraDoesNotHave() throws Exception {
    String gone = "org.eclipse.kura.message.store.provider";
    Path kura = givenAKura("  " + gone + ";", "  com.example.instead;");

    String complaint = resolve(text("azure-iothub"), kura).complaint();

    assertTrue(complaint.contains("Bundle: io.rejoin.azure.iothub cannot be resolved"), complaint);
    assertTrue(complaint.contains(gone), complaint);
  }

  @Test
  void shouldSayThatJava8IsTooOldForAllButTheInstallationCheck() throws Exception {
    Path kura = givenAKura("-runee: JavaSE-17", "-runee: JavaSE-1.8");
    String feature = text("retry-policies");

    String complaint = resolve(feature, kura).complaint();
    String ofCheck =
        resolve(feature.replace("bnd.identity;id='io.rejoin.retry.policies',", ""), kura)
            .complaint();

    assertTrue(complaint.contains("osgi.ee=JavaSE") && complaint.contains("17"), complaint);
    assertEquals("", ofCheck);
  }

  @Test
  void shouldSayThatABundleIsMissing() throws Exception {
    List<File> withoutApi =
        ourBundles().stream().filter(file -> !file.getName().startsWith("api-")).toList();

    String complaint =
        Resolution.of(text("azure-dps"), FEATURES.resolve("kura-5.6.0.bnd"), withoutApi, directory)
            .complaint();

    assertTrue(complaint.contains("io.rejoin.provisioning"), complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure-iothub", "azure-dps"})
  void shouldShareNothingWithOtherFeaturesButTheBase(String feature) throws IOException {
    Map<String, ?> base = FeatureList.read(FEATURES.resolve("retry-policies.bndrun")).bundles();
    for (String other : NAMES) {
      if (!other.equals(feature)) {
        List<String> shared =
            FeatureList.read(FEATURES.resolve(feature + ".bndrun")).bundles().keySet().stream()
                .filter(committedNames(other)::contains)
                .filter(name -> !base.containsKey(name))
                .toList();
        assertEquals(List.of(), shared, "one bundle in two packages fails with 460");
      }
    }
  }

  private static Set<String> committedNames(String feature) throws IOException {
    return FeatureList.read(FEATURES.resolve(feature + ".bndrun")).bundles().keySet();
  }

  private Resolution resolve(String feature, Path kura) throws Exception {
    return Resolution.of(feature, kura, ourBundles(), directory);
  }

  private static String text(String feature) throws IOException {
    return Files.readString(FEATURES.resolve(feature + ".bndrun"));
  }

  /** A capability file that differs from Kura 5.6.0's in one place. */
  private Path givenAKura(String text, String instead) throws IOException {
    String capabilities = Files.readString(FEATURES.resolve("kura-5.6.0.bnd"));
    assertTrue(capabilities.contains(text), text);
    return Files.writeString(directory.resolve("kura.bnd"), capabilities.replace(text, instead));
  }

  private static TreeMap<String, String> committed(Path bndrun) throws IOException {
    TreeMap<String, String> committed = new TreeMap<>();
    FeatureList.read(bndrun).bundles().forEach((name, range) -> committed.put(name, "" + range));
    return committed;
  }

  /** The built bundles, as they lie on the class path. */
  private static List<File> ourBundles() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(File::new)
        .filter(
            file -> file.getName().matches("(api|installation|retry-policies|azure-\\w+)-.*jar"))
        .toList();
  }
}
