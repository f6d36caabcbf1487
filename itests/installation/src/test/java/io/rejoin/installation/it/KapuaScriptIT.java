/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that prints the metrics for a package of this build. */
class KapuaScriptIT {

  private static final Path SCRIPT =
      Path.of("../../kura-deployment/kapua/deploy-metrics.sh").toAbsolutePath();
  private static final String ADDRESS = "https://example.org/rejoin-azure.dp";

  @TempDir Path directory;

  @Test
  void shouldPrintWhatDeployV2Needs() throws Exception {
    Path file = new Packages(directory).all();
    String version;
    try (JarFile jar = new JarFile(file.toFile())) {
      version = jar.getManifest().getMainAttributes().getValue("DeploymentPackage-Version");
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));

    Map<String, String> metrics = new TreeMap<>();
    run(0, file.toString(), ADDRESS)
        .lines()
        .map(line -> line.split("\t"))
        .forEach(parts -> metrics.put(parts[0], parts[1] + " " + parts[2]));

    assertTrue(metrics.remove("job.id").matches("Long \\d+"));
    assertEquals(
        new TreeMap<>(
            Map.of(
                "dp.uri", "String " + ADDRESS,
                "dp.name", "String rejoin-azure",
                "dp.version", "String " + version,
                "dp.download.protocol", "String HTTP",
                "dp.download.hash", "String SHA-256:" + HexFormat.of().formatHex(digest),
                "dp.download.force", "Boolean true",
                "dp.install", "Boolean true",
                "dp.install.system.update", "Boolean false",
                "dp.reboot", "Boolean false")),
        metrics);
  }

  @Test
  void shouldSayWhatItWants() throws Exception {
    assertTrue(run(2).contains("give: the .dp file"));
    assertTrue(run(2, SCRIPT.toString(), "ftp://example.org").contains("http://"));
  }

  private String run(int exitCode, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
    builder.command().addAll(List.of(arguments));
    String jdk = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", ":" + jdk, String::concat);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(exitCode, process.exitValue(), output);
    return output;
  }
}
