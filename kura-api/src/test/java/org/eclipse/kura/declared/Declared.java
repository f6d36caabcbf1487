/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.declared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;

/** What this module declares, read from its compiled classes, and what Kura 5.6.0 has. */
final class Declared {
  private Declared() {}

  /** The directory of the compiled classes and the bundle's manifest. */
  static Path classesDirectory() {
    URL location = KuraException.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path classFile(Class<?> type) {
    return classesDirectory().resolve(type.getName().replace('.', '/') + ".class");
  }

  /** The public types, nested ones included. */
  static List<Class<?>> publicTypes() {
    Path root = classesDirectory();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .<Class<?>>map(Declared::load)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types of Kura 5.6.0 by name, each as the lines that javap prints. */
  static Map<String, List<String>> kurasTypes() {
    Map<String, List<String>> types = new TreeMap<>();
    for (String block : resource("types.txt").split("\n}\n", -1)) {
      List<String> lines =
          block.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      lines.stream().findFirst().ifPresent(heading -> types.put(nameIn(heading), lines));
    }
    return types;
  }

  static List<String> lines(String name) {
    return resource(name).lines().filter(line -> !line.startsWith("#")).toList();
  }

  /** The lines {@code key=value} of a properties file, sorted. */
  static SortedSet<String> entries(String name) {
    return new TreeSet<>(lines(name));
  }

  private static String nameIn(String heading) {
    return heading.replaceFirst("^.*?\\b(class|interface) ([\\w.$]+).*$", "$2");
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Declared.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (var in = Declared.class.getResourceAsStream("/kura-5.6.0/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
