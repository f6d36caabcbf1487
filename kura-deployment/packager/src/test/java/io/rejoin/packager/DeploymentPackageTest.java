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
import java.util.TimeZone;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

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
  void shouldGiveTheSameBytesInEveryTimeZone() throws IOException {
    Path a = bundle("a", "1.0.0");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      byte[] east = Files.readAllBytes(pack("east", a));
      TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));

      assertArrayEquals(east, Files.readAllBytes(pack("west", a)));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void shouldRefuseAJarThatIsNoBundle() throws IOException {
    Path jar = directory.resolve("plain.jar");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, new Manifest()).close();
    }

    assertThrows(IllegalArgumentException.class, () -> pack("dp", jar));
  }

  @Test
  void shouldHaveTheHighestVersionOfItsBundlesByNumberNotByLetter() throws IOException {
    List<Path> bundles = List.of(bundle("a", "1.9.0"), bundle("b", "1.10.0"));

    assertEquals(new Version("1.10.0"), DeploymentPackage.of("sample", bundles).version());
  }

  @Test
  void shouldPackWhatTheListsNameLessWhatComesWithAnotherPackage() throws IOException {
    bundle("base", "1.0.0");
    bundle("hub", "1.0.5");
    bundle("unlisted", "1.0.0");
    Path base = list("base.bndrun", "base;version='[1.0.0,1.0.1)'");
    Path hub = list("hub.bndrun", "base;version='[1.0.0,1.0.1)',\\\n  hub;version='[1.0.0,1.1.0)'");

    PackagerMain.main(
        new String[] {
          "sample", directory.toString(), directory.resolve("out").toString(), "" + hub, "-" + base
        });

    try (ZipFile zip = new ZipFile(directory.resolve("out/sample_1.0.5.dp").toFile())) {
      assertEquals(
          List.of("META-INF/MANIFEST.MF", "hub_1.0.5.jar"),
          zip.stream().map(ZipEntry::getName).toList());
    }
  }

  @Test
  void shouldSayWhichListNamesABundleThatIsNotThereOrHasAnotherVersion() throws IOException {
    List<Path> jars = List.of(bundle("base", "2.0.0"));
    FeatureList missing = FeatureList.read(list("a.bndrun", "gone;version='[1.0.0,1.0.1)'"));
    FeatureList old = FeatureList.read(list("b.bndrun", "base;version='[1.0.0,1.0.1)'"));

    assertEquals(
        "a.bndrun names gone, which is not among the bundles [base]",
        assertThrows(IllegalArgumentException.class, () -> missing.select(jars)).getMessage());
    assertEquals(
        "b.bndrun wants base [1.0.0,1.0.1), the bundle here is 2.0.0",
        assertThrows(IllegalArgumentException.class, () -> old.select(jars)).getMessage());
  }

  @Test
  void shouldRefuseAListThatItCannotReadWhole() throws IOException {
    Path list = list("a.bndrun", "base;version='[1.0.0,1.0.1)', other");

    assertThrows(IllegalArgumentException.class, () -> FeatureList.read(list));
  }

  private Path list(String name, String bundles) throws IOException {
    return Files.writeString(directory.resolve(name), "-runbundles: \\\n  " + bundles + "\n");
  }

  private Path pack(String into, Path... bundles) throws IOException {
    return new DeploymentPackage("sample", new Version("1.2.0"), List.of(bundles))
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
