/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files that the project keeps. */
final class ProjectFiles {

  /**
   * What is not ours or not kept: results of builds and tests, version control, IDE settings. None
   * of it is entered: modules that build at the same time write there.
   */
  private static final Set<String> SKIPPED =
      Set.of(
          "target", ".git", ".idea", ".settings", ".vscode", ".cifuzz-corpus", ".jqwik-database");

  private static final Pattern IDE_FILE =
      Pattern.compile("\\.project|\\.classpath|\\.factorypath|.*\\.iml|crash-.*");

  private ProjectFiles() {}

  /** All files below a directory, in the order of their paths. */
  static List<Path> under(Path root) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, collecting(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  private static SimpleFileVisitor<Path> collecting(List<Path> found) {
    return new SimpleFileVisitor<>() {
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
        if (!SKIPPED.contains(name) && !IDE_FILE.matcher(name).matches()) {
          found.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
