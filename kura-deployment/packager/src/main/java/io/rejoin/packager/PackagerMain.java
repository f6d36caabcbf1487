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
import java.util.List;
import java.util.stream.Stream;

/**
 * Packs all bundles of a directory. Arguments: symbolic name, directory with the bundles, directory
 * for the package. The package is also left as {@code <symbolic name>.dp}, for scripts that do not
 * know the version.
 */
public final class PackagerMain {

  private PackagerMain() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("give: symbolic name, bundle directory, target directory");
    }
    List<Path> bundles;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      bundles = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    String version = DeploymentPackage.highestVersion(bundles);
    Path target = Path.of(arguments[2]);
    Path written = new DeploymentPackage(arguments[0], version, bundles).writeTo(target);
    Files.copy(written, target.resolve(arguments[0] + ".dp"), StandardCopyOption.REPLACE_EXISTING);
    System.out.println("Packed " + bundles.size() + " bundles into " + written.getFileName());
  }
}
