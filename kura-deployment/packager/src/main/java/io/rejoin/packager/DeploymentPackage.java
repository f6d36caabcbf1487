/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.packager;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A deployment package (OSGi compendium, chapter 114) as Felix DeploymentAdmin 0.9.5 in Kura takes
 * it: the manifest first, one section for each bundle, bundles at the top level, no directories, no
 * signature. The same bundles give the same bytes.
 *
 * @param symbolicName name of the package
 * @param version an OSGi version
 * @param bundles the jars in it
 */
record DeploymentPackage(String symbolicName, String version, List<Path> bundles) {

  /** Times in the archive; a constant, so that they do not differ from build to build. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private record Bundle(String symbolicName, String version, Path jar) {
    String entryName() {
      return symbolicName + "_" + version + ".jar";
    }
  }

  /** Writes the package; the file is {@code <symbolic name>_<version>.dp}. */
  Path writeTo(Path directory) throws IOException {
    List<Bundle> sorted =
        bundles.stream()
            .map(DeploymentPackage::read)
            .sorted(Comparator.comparing(Bundle::symbolicName))
            .toList();
    Path file = directory.resolve(symbolicName + "_" + version + ".dp");
    Files.createDirectories(directory);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest(sorted).write(zip);
      zip.closeEntry();
      for (Bundle bundle : sorted) {
        zip.putNextEntry(entry(bundle.entryName()));
        Files.copy(bundle.jar(), zip);
        zip.closeEntry();
      }
    }
    return file;
  }

  private Manifest manifest(List<Bundle> sorted) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("DeploymentPackage-SymbolicName", symbolicName);
    main.putValue("DeploymentPackage-Version", version);
    for (Bundle bundle : sorted) {
      Attributes section = new Attributes();
      section.putValue("Bundle-SymbolicName", bundle.symbolicName());
      section.putValue("Bundle-Version", bundle.version());
      manifest.getEntries().put(bundle.entryName(), section);
    }
    return manifest;
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(TIME);
    return entry;
  }

  private static Bundle read(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes main = file.getManifest().getMainAttributes();
      String name = main.getValue("Bundle-SymbolicName");
      String version = main.getValue("Bundle-Version");
      if (name == null || version == null) {
        throw new IllegalArgumentException(jar + " is not a bundle");
      }
      return new Bundle(name.split(";", 2)[0].strip(), version, jar);
    } catch (IOException e) {
      throw new IllegalArgumentException(jar + " cannot be read", e);
    }
  }

  /** The highest version among the bundles: that of a package that carries them. */
  static String highestVersion(List<Path> bundles) {
    return bundles.stream()
        .map(jar -> read(jar).version())
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new IllegalArgumentException("no bundles"));
  }
}
