/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.packager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packs bundles of a directory. Arguments: symbolic name, directory with the bundles, directory for
 * the package; then the {@code .bndrun} files whose bundles are packed, each with a leading {@code
 * -} when its bundles come with another package. Without such files all bundles of the directory
 * are packed. The package is also left as {@code <symbolic name>.dp}, for scripts that do not know
 * the version.
 */
public final class PackagerMain {

  private PackagerMain() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      throw new IllegalArgumentException(
          "give: symbolic name, bundle directory, target directory, [feature.bndrun |"
              + " -feature.bndrun]...");
    }
    String name = arguments[0];
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    Path target = Path.of(arguments[2]);
    List<Path> chosen = choose(jars, List.of(arguments).subList(3, arguments.length));
    DeploymentPackage deploymentPackage = DeploymentPackage.of(name, chosen);
    removeFormer(target, name);
    Path written = deploymentPackage.writeTo(target);
    Files.copy(written, target.resolve(name + ".dp"), StandardCopyOption.REPLACE_EXISTING);
    System.out.println("Packed " + chosen.size() + " bundles into " + written.getFileName());
  }

  private static List<Path> choose(List<Path> jars, List<String> features) throws IOException {
    if (features.isEmpty()) {
      return jars;
    }
    List<Path> chosen = new ArrayList<>();
    for (String feature : features) {
      if (!feature.startsWith("-")) {
        chosen.addAll(FeatureList.read(Path.of(feature)).select(jars));
      }
    }
    for (String feature : features) {
      if (feature.startsWith("-")) {
        chosen.removeAll(FeatureList.read(Path.of(feature.substring(1))).select(jars));
      }
    }
    return chosen.stream().distinct().toList();
  }

  /** Packages of earlier builds: whoever takes "the" .dp has to find one. */
  private static void removeFormer(Path target, String name) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.toList()) {
        String fileName = String.valueOf(file.getFileName());
        if (fileName.startsWith(name + "_") && fileName.endsWith(".dp")) {
          Files.delete(file);
        }
      }
    }
  }
}
