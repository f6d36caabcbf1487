/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The local cloud's JVM, seen from the gateway's. Ends with the gateway. */
final class LocalCloud implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;
  private final Path trustStore;
  private final JsonObject facts;

  private LocalCloud(Process process, Path trustStore) throws IOException {
    this.process = process;
    this.trustStore = trustStore;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    facts = readAnswer();
    if (facts.has("error")) {
      throw new IOException(facts.get("error").getAsString());
    }
  }

  /**
   * Starts it; returns when the hubs listen.
   *
   * @param network the first three numbers of its addresses
   */
  static LocalCloud start(Path directory, String network) throws IOException {
    Path trustStore = directory.resolve("local-cloud-trust.p12");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CloudMain.class.getName(),
                    trustStore.toString(),
                    network))
            .redirectError(directory.resolve("local-cloud.log").toFile())
            .start();
    return new LocalCloud(process, trustStore);
  }

  /** What a gateway needs to know of it, as framework properties. */
  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("rejoin.gateway.dps.endpoint", fact("dpsEndpoint"));
    properties.put("rejoin.gateway.id.scope", fact("idScope"));
    properties.put("rejoin.gateway.registration.id", fact("registrationId"));
    properties.put("rejoin.gateway.device.key", fact("deviceKey"));
    properties.put("rejoin.gateway.https.port", fact("httpsPort"));
    properties.put("rejoin.gateway.trust.store", trustStore.toString());
    properties.put("rejoin.gateway.trust.password", fact("trustPassword"));
    return properties;
  }

  /** Sends a command and gives back the answer's line. */
  synchronized String command(String line) {
    try {
      commands.write(line);
      commands.newLine();
      commands.flush();
      return readAnswer().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String fact(String name) {
    return facts.get(name).getAsString();
  }

  private JsonObject readAnswer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the local cloud ended; see local-cloud.log");
    }
    try {
      return JsonParser.parseString(line).getAsJsonObject();
    } catch (JsonSyntaxException e) {
      throw new IOException("the local cloud said: " + line, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
