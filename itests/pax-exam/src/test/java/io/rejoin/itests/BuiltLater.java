/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The IoT Hub bundle as if it had been built later, so that this machine's clock is behind it. */
final class BuiltLater {

  private static final String ENTRY = "io/rejoin/azure/iothub/link/build.properties";

  private BuiltLater() {}

  static InputStream copyOf(Path jar, Instant built) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    boolean found = false;
    try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar));
        ZipOutputStream to = new ZipOutputStream(copy)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().equals(ENTRY)) {
          to.write(("built=" + built).getBytes(StandardCharsets.US_ASCII));
          found = true;
        } else {
          from.transferTo(to);
        }
      }
    }
    if (!found) {
      throw new IOException("no " + ENTRY + " in " + jar);
    }
    return new ByteArrayInputStream(copy.toByteArray());
  }
}
