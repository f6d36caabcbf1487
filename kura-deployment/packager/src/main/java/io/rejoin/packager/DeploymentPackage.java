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
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Version;

/**
 * A deployment package (OSGi compendium, chapter 114) as Felix DeploymentAdmin 0.9.5 in Kura takes
 * it: the manifest first, one section for each bundle, bundles at the top level, no directories, no
 * signature. The same bundles give the same bytes.
 *
 * @param symbolicName name of the package
 * @param version the package's
 * @param bundles the jars in it
 */
public record DeploymentPackage(String symbolicName, Version version, List<Path> bundles) {

  /**
   * Times in the archive; a constant, so that they do not differ from build to build, and a local
   * time, which is what an archive holds: an instant would differ with the builder's time zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  public DeploymentPackage {
    bundles = List.copyOf(bundles);
  }

  /** A package with the highest version among its bundles. */
  public static DeploymentPackage of(String symbolicName, List<Path> bundles) {
    Version highest =
        bundles.stream()
            .map(jar -> BundleJar.read(jar).version())
            .max(Comparator.naturalOrder())
            .orElseThrow(() -> new IllegalArgumentException(symbolicName + " has no bundles"));
    return new DeploymentPackage(symbolicName, highest, bundles);
  }

  /** Writes the package; the file is {@code <symbolic name>_<version>.dp}. */
  public Path writeTo(Path directory) throws IOException {
    List<BundleJar> sorted =
        bundles.stream()
            .map(BundleJar::read)
            .sorted(Comparator.comparing(BundleJar::symbolicName))
            .toList();
    Path file = directory.resolve(symbolicName + "_" + version + ".dp");
    Files.createDirectories(directory);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest(sorted).write(zip);
      zip.closeEntry();
      for (BundleJar bundle : sorted) {
        zip.putNextEntry(entry(bundle.entryName()));
        Files.copy(bundle.file(), zip);
        zip.closeEntry();
      }
    }
    return file;
  }

  private Manifest manifest(List<BundleJar> sorted) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("DeploymentPackage-SymbolicName", symbolicName);
    main.putValue("DeploymentPackage-Version", version.toString());
    for (BundleJar bundle : sorted) {
      Attributes section = new Attributes();
      section.putValue("Bundle-SymbolicName", bundle.symbolicName());
      section.putValue("Bundle-Version", bundle.version().toString());
      manifest.getEntries().put(bundle.entryName(), section);
    }
    return manifest;
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }
}
