/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.nio.file.Path;

/** Builds a bundle of one component as ours are built: annotations, DS 1.4, metatype. */
final class SampleBundle {
  private SampleBundle() {}

  /**
   * Builds the bundle.
   *
   * @param component the component's class; its package becomes the content of the bundle
   */
  static Path build(Path directory, Class<?> component, String version) throws Exception {
    Path file = directory.resolve(component.getPackageName() + "-" + version + ".jar");
    try (Builder builder = new Builder()) {
      builder.addClasspath(
          Path.of(component.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile());
      builder.setProperty("Bundle-SymbolicName", "io.rejoin.testbed.sample");
      builder.setProperty("Bundle-Version", version);
      builder.setProperty("Private-Package", component.getPackageName());
      builder.setProperty("-noimportjava", "true");
      try (Jar jar = builder.build()) {
        if (!builder.isOk()) {
          throw new IllegalStateException(builder.getErrors().toString());
        }
        jar.write(file.toFile());
      }
    }
    return file;
  }
}
