/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.packager.FeatureList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacked into a root directory: what Kura 6 expects of an add-on's package. */
class DebianPackageIT {

  private static final String PLUGINS = "opt/eclipse/kura/plugins/5s/";
  private static final Path DEB = Path.of(System.getProperty("deb"));

  @TempDir static Path root;

  private static final Map<String, TarArchiveEntry> ENTRIES = new HashMap<>();
  private static String control = "";
  private static String format = "";

  @BeforeAll
  static void unpack() throws IOException {
    try (ArArchiveInputStream deb = new ArArchiveInputStream(Files.newInputStream(DEB))) {
      for (ArArchiveEntry part = deb.getNextEntry(); part != null; part = deb.getNextEntry()) {
        switch (part.getName()) {
          case "debian-binary" ->
              format = new String(deb.readAllBytes(), StandardCharsets.US_ASCII);
          case "control.tar.gz" -> readControl(tar(deb));
          case "data.tar.gz" -> unpack(tar(deb));
          default -> throw new IOException("unexpected: " + part.getName());
        }
      }
    }
  }

  private static TarArchiveInputStream tar(InputStream compressed) throws IOException {
    return new TarArchiveInputStream(new GzipCompressorInputStream(compressed));
  }

  private static void readControl(TarArchiveInputStream tar) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.getName().endsWith("/control")) {
        control = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName().replaceFirst("^\\./", "");
      ENTRIES.put(name, entry);
      Path target = root.resolve(name).normalize();
      assertTrue(target.startsWith(root), name);
      if (!entry.isDirectory()) {
        Files.createDirectories(target.getParent());
        Files.copy(tar, target);
      }
    }
  }

  @Test
  void shouldBeForAnyMachineWithKura6() {
    assertEquals("2.0\n", format);
    assertEquals("rejoin-azure", field("Package"));
    assertEquals("all", field("Architecture"));
    assertEquals("kura-core (>= 6.0.0~), kura-core (<< 7.0.0~)", field("Depends"));
    assertTrue(field("Version").matches("\\d+\\.\\d+\\.\\d+(~\\d{14})?"), field("Version"));
  }

  @Test
  void shouldHoldTheBundlesOfAllFeatures() throws IOException {
    List<Path> built;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("plugins.dir")))) {
      built = files.toList();
    }
    Set<String> expected = new TreeSet<>();
    for (String feature : List.of("retry-policies", "azure-iothub", "azure-dps")) {
      Path list = Path.of(System.getProperty("features.dir"), feature + ".bndrun");
      FeatureList.read(list).select(built).forEach(jar -> expected.add("" + jar.getFileName()));
    }

    try (Stream<Path> files = Files.list(root.resolve(PLUGINS))) {
      assertEquals(
          expected, files.map(file -> "" + file.getFileName()).collect(Collectors.toSet()));
    }
  }

  @Test
  void shouldGiveTheBundlesToKuraAlone() {
    List<String> wrong = new ArrayList<>();
    ENTRIES.forEach(
        (name, entry) -> {
          boolean kuras =
              entry.getUserName().equals("kurad")
                  && entry.getGroupName().equals("kurad")
                  && (entry.getMode() & 0777) == 0600;
          if (name.startsWith(PLUGINS) && name.endsWith(".jar") && !kuras) {
            wrong.add(
                name + " " + entry.getUserName() + " " + Integer.toOctalString(entry.getMode()));
          }
        });

    assertEquals(List.of(), wrong);
  }

  /** Kura has to look into the directory; the documentation is for everybody. */
  @Test
  void shouldLeaveDirectoriesAndDocumentationReadable() {
    assertEquals(0755, ENTRIES.get(PLUGINS).getMode() & 0777);
    assertEquals("kurad", ENTRIES.get(PLUGINS).getUserName());
    TarArchiveEntry copyright = ENTRIES.get("usr/share/doc/rejoin-azure/copyright");
    assertEquals(0644, copyright.getMode() & 0777);
    assertEquals("root", copyright.getUserName());
    assertEquals("root", copyright.getGroupName());
  }

  /** The archive's own way to say that nobody reads mail there. */
  @Test
  void shouldNotPretendToHaveAMailbox() {
    assertTrue(field("Maintainer").matches("Rejoin contributors <.*@.*\\.invalid>"), control);
  }

  @Test
  void shouldTouchNothingElseButItsDocumentation() {
    assertEquals(
        List.of("usr/share/doc/rejoin-azure/copyright"),
        ENTRIES.values().stream()
            .filter(entry -> !entry.isDirectory())
            .map(entry -> entry.getName().replaceFirst("^\\./", ""))
            .filter(name -> !name.startsWith(PLUGINS))
            .toList());
  }

  private static String field(String name) {
    return control
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }
}
