/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.packager;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Version;

/**
 * A bundle as a file.
 *
 * @param symbolicName from its manifest, without directives
 * @param version from its manifest
 * @param file the jar
 */
record BundleJar(String symbolicName, Version version, Path file) {

  /** The name that tools give such a file, and the only characters that Felix takes in a path. */
  String entryName() {
    return symbolicName + "_" + version + ".jar";
  }

  static BundleJar read(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = main.getValue("Bundle-SymbolicName");
      String version = main.getValue("Bundle-Version");
      if (name == null || version == null) {
        throw new IllegalArgumentException(file + " is not a bundle");
      }
      return new BundleJar(name.split(";", 2)[0].strip(), new Version(version), file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }
}
