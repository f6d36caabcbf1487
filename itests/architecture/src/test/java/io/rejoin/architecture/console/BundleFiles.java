/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a built bundle by their path in it, but for classes.
 *
 * @param name of the jar
 * @param files path to content
 */
record BundleFiles(String name, SortedMap<String, byte[]> files) {

  /** Those bundles on the class path that have forms for the console. */
  static SortedMap<String, BundleFiles> all() {
    SortedMap<String, BundleFiles> bundles = new TreeMap<>();
    try {
      for (URL url :
          Collections.list(BundleFiles.class.getClassLoader().getResources("OSGI-INF/metatype"))) {
        BundleFiles bundle = read(url);
        if (bundle.files().keySet().stream().anyMatch(file -> file.contains("io.rejoin."))) {
          bundles.put(bundle.name(), bundle);
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return bundles;
  }

  private static BundleFiles read(URL metatypeDirectory) throws IOException, URISyntaxException {
    String url = metatypeDirectory.toString();
    if (url.startsWith("jar:")) {
      Path jar = Path.of(new URI(url.substring("jar:".length(), url.indexOf("!/"))));
      try (FileSystem zip = FileSystems.newFileSystem(jar)) {
        return read(String.valueOf(jar.getFileName()), zip.getPath("/"));
      }
    }
    Path classes = Path.of(metatypeDirectory.toURI()).getParent().getParent();
    return read(classes.toString(), classes);
  }

  private static BundleFiles read(String name, Path root) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".class"))
          .forEach(file -> files.put(root.relativize(file).toString(), content(file)));
    }
    return new BundleFiles(name, files);
  }

  private static byte[] content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
