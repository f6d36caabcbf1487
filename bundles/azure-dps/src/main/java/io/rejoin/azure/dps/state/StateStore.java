/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import io.rejoin.azure.dps.state.StateFormat.Content;
import io.rejoin.azure.dps.state.StateFormat.NewerException;
import io.rejoin.azure.dps.state.StateFormat.UnreadableException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps the state of one registration in one file, replaced as a whole: after a power cut it holds
 * the old state or the new one. Not thread-safe. Never throws for what a file system may do: a
 * failure is an answer, in words for an operator.
 */
public final class StateStore {

  /** More than any file of ours; anything larger is not one. */
  private static final long MAX_BYTES = 256 * 1024;

  private final Path file;
  private final String idScope;
  private final String registrationId;

  /**
   * @param file where to keep it; its directory is made when the first state is saved
   * @param idScope whose state
   * @param registrationId whose state
   */
  public StateStore(Path file, String idScope, String registrationId) {
    this.file = file;
    this.idScope = idScope;
    this.registrationId = registrationId;
  }

  /**
   * What came of reading.
   *
   * @param state what the file held, empty when there is none that concerns us
   * @param remark what an operator should know, such as a file that was set aside; else empty
   */
  public record Loaded(Optional<ProvisioningState> state, String remark) {}

  /**
   * Reads the state. A file that is torn, of another registration or of a later release is renamed
   * aside, not deleted.
   */
  public Loaded load() {
    try {
      Content content = StateFormat.read(readFile());
      if (!content.idScope().equalsIgnoreCase(idScope)
          || !content.registrationId().equalsIgnoreCase(registrationId)) {
        return setAside(
            "foreign",
            "it belongs to registration "
                + content.registrationId()
                + " of id scope "
                + content.idScope());
      }
      return new Loaded(Optional.of(content.state()), "");
    } catch (NoSuchFileException e) {
      return new Loaded(Optional.empty(), "");
    } catch (NewerException e) {
      return setAside("newer", words(e));
    } catch (UnreadableException e) {
      return setAside("unreadable", words(e));
    } catch (CharacterCodingException e) {
      return setAside("unreadable", "it is not UTF-8 text");
    } catch (IOException | SecurityException e) {
      return new Loaded(
          Optional.empty(), "cannot read " + file + " (" + words(e) + "): check its permissions");
    }
  }

  private String readFile() throws IOException, UnreadableException {
    if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
      throw new UnreadableException("it is larger than " + MAX_BYTES + " bytes");
    }
    return Files.readString(file);
  }

  private Loaded setAside(String suffix, String why) {
    Path aside = sibling("." + suffix);
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      return new Loaded(
          Optional.empty(), file + " was set aside as " + aside.getFileName() + ", since " + why);
    } catch (IOException | SecurityException e) {
      return new Loaded(
          Optional.empty(),
          file + " cannot be used, since " + why + ", nor renamed (" + words(e) + ")");
    }
  }

  /**
   * Replaces the file.
   *
   * @return what went wrong, empty when the state is safe on disk
   */
  public Optional<String> save(ProvisioningState state) {
    Path temporary = sibling(".tmp");
    try {
      Path directory = directory();
      Files.createDirectories(directory);
      writeThrough(temporary, StateFormat.write(new Content(idScope, registrationId, state)));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory(directory);
      return Optional.empty();
    } catch (IOException | SecurityException e) {
      deleteQuietly(temporary);
      return Optional.of(
          "cannot write " + file + " (" + words(e) + "): check free space and permissions");
    }
  }

  /** A stream, not a channel: an interrupt closes a channel in mid-write. */
  private static void writeThrough(Path path, String text) throws IOException {
    try (FileOutputStream out = new FileOutputStream(path.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
  }

  /**
   * Makes the rename itself durable where the system allows that; where not, it is its business.
   */
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException | SecurityException e) {
      // Windows cannot open a directory.
    }
  }

  private Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException | SecurityException e) {
      // The next save overwrites it.
    }
  }

  /** File system exceptions often have the file's name for a message, and nothing else. */
  private static String words(Exception e) {
    if (e instanceof FileSystemException failure) {
      String reason = failure.getReason();
      return reason == null ? e.getClass().getSimpleName() : reason;
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
