/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import io.rejoin.packager.DeploymentPackage;
import io.rejoin.packager.FeatureList;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The packages of this build, made from the features' lists, and those of a later release. */
final class Packages {

  static final String ALL = "rejoin-azure";
  static final List<String> FEATURES = List.of("retry-policies", "azure-iothub", "azure-dps");

  private static final Path LISTS = Path.of(System.getProperty("features.dir"));

  private final Path directory;
  private final List<Path> built;

  Packages(Path directory) throws IOException {
    this.directory = directory;
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("bundles.dir")))) {
      built = jars.sorted().toList();
    }
  }

  /** All bundles in one package. */
  Path all() throws IOException {
    return DeploymentPackage.of(ALL, bundles(FEATURES)).writeTo(directory);
  }

  /** All bundles in one package, each with this version. */
  Path allAt(String version) throws IOException {
    List<Path> later = bundles(FEATURES).stream().map(jar -> withVersion(jar, version)).toList();
    return DeploymentPackage.of(ALL, later).writeTo(directory);
  }

  /** One feature's own. */
  Path feature(String name) throws IOException {
    List<Path> bundles = new ArrayList<>(bundles(List.of(name)));
    if (!name.equals(FEATURES.get(0))) {
      bundles.removeAll(bundles(FEATURES.subList(0, 1)));
    }
    return DeploymentPackage.of("rejoin-" + name, bundles).writeTo(directory);
  }

  /** The installation check without what it would find. */
  Path onlyTheCheck() throws IOException {
    List<Path> check = built.stream().filter(jar -> jar.endsWith("installation.jar")).toList();
    return DeploymentPackage.of("rejoin-check", check).writeTo(directory);
  }

  /** The first bytes of a package, as after an interrupted transfer. */
  Path truncated(Path whole) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    return Files.write(
        directory.resolve("truncated.dp"), Arrays.copyOf(bytes, bytes.length * 3 / 4));
  }

  /** A package with some bytes turned over in the last of its bundles. */
  Path corrupt(Path whole) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    for (int i = bytes.length * 9 / 10; i < bytes.length * 9 / 10 + 64; i++) {
      bytes[i] ^= (byte) 0xff;
    }
    return Files.write(directory.resolve("corrupt.dp"), bytes);
  }

  private List<Path> bundles(List<String> features) throws IOException {
    List<Path> bundles = new ArrayList<>();
    for (String feature : features) {
      bundles.addAll(FeatureList.read(LISTS.resolve(feature + ".bndrun")).select(built));
    }
    return bundles.stream().distinct().toList();
  }

  private Path withVersion(Path jar, String version) {
    Path copy = directory.resolve(version + "-" + jar.getFileName());
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy)) {
      Manifest manifest = from.getManifest();
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (JarOutputStream to = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : Collections.list(from.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            to.putNextEntry(new JarEntry(entry.getName()));
            from.getInputStream(entry).transferTo(to);
          }
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
