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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /** What is not ours or not kept: results of builds and tests, version control, IDE settings. */
  private static final Set<String> SKIPPED =
      Set.of(
          "target", ".git", ".idea", ".settings", ".vscode", ".cifuzz-corpus", ".jqwik-database");

  private static final Pattern IDE_FILE =
      Pattern.compile("\\.project|\\.classpath|\\.factorypath|.*\\.iml|crash-.*");

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

  private static List<Path> unlicensed(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return SKIPPED.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            // In a git worktree, .git is a file.
            if (!SKIPPED.contains(name)
                && !WITHOUT.matcher(name).matches()
                && !IDE_FILE.matcher(name).matches()
                && !hasLicence(file)) {
              found.add(root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean hasLicence(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(LICENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
