/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bundle has to load where the others cannot. That it calls nothing newer than Java 8 is the
 * compiler's to check, by {@code --release 8}, which also gives its classes their version.
 */
class Java8Test {

  private static final int JAVA_8 = 52;

  @Test
  void shouldHaveClassesThatJava8Loads() throws Exception {
    Path classes =
        Path.of(Activator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, Integer> expected = new TreeMap<>();
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        expected.put(classes.relativize(file).toString(), JAVA_8);
        found.put(classes.relativize(file).toString(), version(file));
      }
    }

    assertEquals(expected, found);
    assertTrue(found.containsKey("io/rejoin/installation/Activator.class"));
  }

  private static int version(Path file) throws IOException {
    try (DataInputStream content = new DataInputStream(Files.newInputStream(file))) {
      content.skipNBytes(6);
      return content.readUnsignedShort();
    }
  }
}
