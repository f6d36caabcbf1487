/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.emulator.tls.Identity;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The other JVM, with the hubs. */
final class HubProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;
  private final List<Hub> hubs = new ArrayList<>();

  HubProcess() throws IOException, GeneralSecurityException {
    Path trustStore = Files.createTempDirectory("benchmarks").resolve("trust.p12");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                HubMain.class.getName(),
                trustStore.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    List<String[]> told = new ArrayList<>();
    while (told.size() < HubMain.HUBS) {
      told.add(line().split(" "));
    }
    KeyStore trust = load(trustStore);
    for (String[] words : told) {
      hubs.add(new Hub(this, hubs.size(), words[0], words[1], Integer.parseInt(words[2]), trust));
    }
  }

  private static KeyStore load(Path trustStore) throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(trustStore.toFile())) {
      trust.load(in, Identity.PASSWORD.toCharArray());
    }
    return trust;
  }

  /** The one that all measurements but the outages use. */
  Hub first() {
    return hubs.get(0);
  }

  List<Hub> all() {
    return hubs;
  }

  synchronized void command(String words) throws IOException {
    commands.write(words);
    commands.newLine();
    commands.flush();
    line();
  }

  private String line() throws IOException {
    return Objects.requireNonNull(answers.readLine(), "the hubs' process has ended");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
