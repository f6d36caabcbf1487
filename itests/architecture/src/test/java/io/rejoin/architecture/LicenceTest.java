/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each source file says under which licence it is. */
class LicenceTest {
  private static final String LICENCE = "SPDX-License-Identifier: EPL-2.0";

  /** Formats without comments, and the licence itself. */
  private static final Pattern WITHOUT =
      Pattern.compile(
          ".*\\.(json|png|ico|gif|jpg)|LICENSE|NOTICE|control|\\.gitignore|(jvm|maven)\\.config");

  @Test
  void shouldNameTheLicenceInEachFile() throws IOException {
    assertEquals(List.of(), unlicensed(Path.of("../..").toRealPath()));
  }

  @Test
  void shouldFindAFileThatDoesNot(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("With.java"), "// " + LICENCE);
    Files.writeString(directory.resolve("picture.png"), "binary");
    Path without = Files.writeString(directory.resolve("Without.xml"), "<a/>");
    Path result = Files.createDirectory(directory.resolve("target")).resolve("Result.java");
    Files.writeString(result, "class Result {}");

    assertEquals(List.of(directory.relativize(without)), unlicensed(directory));
  }

  @Test
  void shouldLookAtThisProject() {
    assertTrue(Files.isRegularFile(Path.of("../../bundles/pom.xml")), "not run in its module");
  }

  private static List<Path> unlicensed(Path root) {
    return ProjectFiles.under(root).stream()
        .filter(file -> !WITHOUT.matcher(file.getFileName().toString()).matches())
        .filter(file -> !hasLicence(file))
        .map(root::relativize)
        .toList();
  }

  private static boolean hasLicence(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(LICENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
