/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/**
 * The framework that the tests run in: Equinox and the bundles of Kura 5.5 and 5.6 in exactly the
 * versions that Kura ships, the testbed in Kura's place, and what every feature needs. What each
 * feature adds is a test's to start. The IoT Hub and DPS come from outside: the framework exports
 * the emulator's packages.
 */
final class KuraPlatform {

  private static final Path RUNTIME = Path.of(System.getProperty("runtime.dir"));

  private KuraPlatform() {}

  /**
   * @param scrWaits for how long SCR waits for a lock or an event before it goes on without
   */
  static Option[] start(Duration scrWaits) {
    Path home = emptyDirectory();
    return options(
        workingDirectory(home.resolve("framework").toString()),
        cleanCaches(),
        frameworkProperty("kura.home").value(home.resolve("kura").toString()),
        frameworkProperty("ds.lock.timeout.milliseconds")
            .value(String.valueOf(scrWaits.toMillis())),
        systemPackages(
            "io.rejoin.azure.emulator",
            "io.rejoin.azure.emulator.dps",
            "io.rejoin.azure.emulator.hub",
            "io.rejoin.azure.emulator.identity",
            "io.rejoin.azure.emulator.net",
            "io.rejoin.azure.emulator.time",
            "io.rejoin.azure.emulator.tls",
            "io.rejoin.packager"),
        library("slf4j-api").startLevel(2),
        library("slf4j-simple").noStart(),
        library("org.eclipse.osgi.services"),
        library("org.eclipse.osgi.util"),
        library("org.eclipse.equinox.cm"),
        library("org.eclipse.equinox.metatype"),
        library("org.eclipse.equinox.event"),
        library("org.apache.felix.scr"),
        library("gson"),
        library("h2").noStart(),
        library("kura-api"),
        library("kura-testbed"),
        composite(Features.common().stream().map(KuraPlatform::file).toArray(Option[]::new)),
        junitBundles());
  }

  /** A bundle of those that the build put aside for the framework. */
  private static UrlProvisionOption library(String artifact) {
    return file(RUNTIME.resolve(artifact + ".jar"));
  }

  private static UrlProvisionOption file(Path jar) {
    return bundle(jar.toUri().toString());
  }

  private static Path emptyDirectory() {
    try {
      Path work = Files.createDirectories(Path.of(System.getProperty("work.dir")));
      return Files.createTempDirectory(work, "gateway");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
