/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When the watchdog was last left to restart the gateway: one line in a file under Kura's data
 * directory, which a restart survives.
 */
final class RestartLog {

  private final Supplier<Optional<Path>> file;

  /**
   * Reads nothing yet.
   *
   * @param file empty while Kura's data directory is not known
   */
  RestartLog(Supplier<Optional<Path>> file) {
    this.file = file;
  }

  /**
   * Records a restart if one is allowed.
   *
   * @return why it is not, in words; null when it is recorded
   */
  @Nullable String record(Instant now, Duration atMostEvery) {
    Path path = file.get().orElse(null);
    if (path == null) {
      return "Kura's data directory is not known, so restarts cannot be counted";
    }
    try {
      Instant last = last(path);
      if (last != null && now.isBefore(last.plus(atMostEvery))) {
        return "the last one was at " + last;
      }
      write(path, now);
      return null;
    } catch (IOException e) {
      return "restarts cannot be counted: " + e;
    }
  }

  /** A file that cannot be read counts as none: it is replaced. */
  private static @Nullable Instant last(Path path) throws IOException {
    try {
      return Instant.parse(Files.readString(path).strip());
    } catch (NoSuchFileException | DateTimeException e) {
      return null;
    }
  }

  private static void write(Path path, Instant now) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(fresh, now + "\n");
    Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
