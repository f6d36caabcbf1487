/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.packager.FeatureList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The bundles of the add-on, from the features' lists that its packages are made of. */
final class Features {

  static final String POLICIES = "retry-policies";
  static final String DPS = "azure-dps";
  static final String IOT_HUB = "azure-iothub";

  static final List<String> ALL = List.of(POLICIES, DPS, IOT_HUB);

  private static final Path LISTS = Path.of(System.getProperty("features.dir"));
  private static final Path BUNDLES = Path.of(System.getProperty("bundles.dir"));

  private Features() {}

  /** What every feature needs, the SPIs: there from the start, since the tests use them. */
  static List<Path> common() {
    List<Path> common = new ArrayList<>(listed(POLICIES));
    ALL.forEach(feature -> common.retainAll(listed(feature)));
    return common;
  }

  /** What a feature adds to it. */
  static List<Path> bundles(String feature) {
    List<Path> bundles = new ArrayList<>(listed(feature));
    bundles.removeAll(common());
    return bundles;
  }

  private static List<Path> listed(String feature) {
    try (Stream<Path> built = Files.list(BUNDLES)) {
      return FeatureList.read(LISTS.resolve(feature + ".bndrun")).select(built.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
