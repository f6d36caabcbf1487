/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.packager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentPackageTest {

  @TempDir Path directory;

  @Test
  void shouldPutTheManifestFirstAndDescribeEachEntryInIt() throws IOException {
    Path file = pack("one.dp", bundle("b", "1.0.0"), bundle("a", "1.2.0"));

    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      assertEquals("META-INF/MANIFEST.MF", zip.getNextEntry().getName());
      Manifest manifest = new Manifest(zip);
      assertEquals(
          "sample", manifest.getMainAttributes().getValue("DeploymentPackage-SymbolicName"));
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertFalse(entry.isDirectory(), "DeploymentAdmin refuses directories with code 463");
        Attributes section = manifest.getAttributes(entry.getName());
        assertEquals(
            entry.getName(),
            section.getValue("Bundle-SymbolicName")
                + "_"
                + section.getValue("Bundle-Version")
                + ".jar");
      }
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameBundles() throws IOException {
    Path a = bundle("a", "1.0.0");
    Path b = bundle("b", "1.0.0");

    assertArrayEquals(
        Files.readAllBytes(pack("first", a, b)), Files.readAllBytes(pack("second", b, a)));
  }

  @Test
  void shouldRefuseAJarThatIsNoBundle() throws IOException {
    Path jar = directory.resolve("plain.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, new Manifest()).close();
    }

    assertThrows(IllegalArgumentException.class, () -> pack("dp", jar));
  }

  private Path pack(String into, Path... bundles) throws IOException {
    return new DeploymentPackage("sample", "1.2.0", List.of(bundles))
        .writeTo(directory.resolve(into));
  }

  private Path bundle(String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name + ";singleton:=true");
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    Path jar = directory.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
