/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.crypto.CryptoService;

/**
 * The snapshots on disk, as measured on Kura 5.6.0: {@code snapshot_<millis>.xml}, encrypted as a
 * whole; ids only grow; when there are too many the oldest go, except for snapshot 0. A plain file
 * can be read too: Kura is delivered with a plain snapshot 0.
 */
final class Snapshots {
  private static final Pattern NAME = Pattern.compile("snapshot_(\\d+)\\.xml");

  private final Path directory;
  private final int keep;
  private final CryptoService crypto;

  Snapshots(Path directory, int keep, CryptoService crypto) {
    this.directory = directory;
    this.keep = keep;
    this.crypto = crypto;
  }

  NavigableSet<Long> ids() {
    NavigableSet<Long> ids = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(name -> ids.add(Long.valueOf(name.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  /**
   * Writes snapshot 0, unencrypted, if there is no snapshot yet.
   *
   * @param home the gateway's directory, which the text may name
   */
  void deliver(String home) {
    if (!ids().isEmpty()) {
      return;
    }
    try (InputStream in = Snapshots.class.getResourceAsStream("snapshot_0.xml")) {
      String text = new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(file(0), text.replace("${kura.home}", home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latest snapshot; empty if there is none. */
  List<ComponentConfiguration> latest() throws KuraException {
    NavigableSet<Long> ids = ids();
    return ids.isEmpty() ? List.of() : read(ids.last());
  }

  List<ComponentConfiguration> read(long id) throws KuraException {
    Path file = file(id);
    if (!Files.exists(file)) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, file);
    }
    try {
      return SnapshotXml.read(decrypted(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, e);
    }
  }

  /**
   * Writes a snapshot.
   *
   * @param now the wall time in milliseconds, which is the id unless a later one exists
   * @return the id
   */
  long write(List<? extends ComponentConfiguration> configurations, long now) throws KuraException {
    NavigableSet<Long> ids = ids();
    long id = ids.isEmpty() ? now : Math.max(now, ids.last() + 1);
    try {
      char[] encrypted = crypto.encryptAes(SnapshotXml.write(configurations).toCharArray());
      Files.writeString(file(id), new String(encrypted));
      deleteOldest();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_TAKING, e);
    }
    return id;
  }

  private void deleteOldest() throws IOException {
    NavigableSet<Long> ids = ids();
    int excess = ids.size() - keep;
    ids.remove(0L);
    for (int i = 0; i < excess && !ids.isEmpty(); i++) {
      Files.delete(file(ids.pollFirst()));
    }
  }

  private String decrypted(String content) {
    try {
      return new String(crypto.decryptAes(content.toCharArray()));
    } catch (KuraException | RuntimeException e) {
      return content;
    }
  }

  private Path file(long id) {
    return directory.resolve("snapshot_" + id + ".xml");
  }
}
