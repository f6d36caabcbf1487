/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The local gateway as a user meets it: its command, its output and its exit code. Each test has
 * processes, directories and addresses of its own, and most of its time it waits.
 */
@Execution(ExecutionMode.CONCURRENT)
class LocalGatewayIT {

  private static final String KEY = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

  @TempDir Path directory;

  private record Outcome(int code, String output, String log) {}

  @Test
  void shouldLoseNothingOnTheTour() throws Exception {
    Path json = directory.resolve("tour.json");
    Outcome outcome =
        run(Map.of(), "-Dgateway.tour=true", "-Dgateway.json=" + json, "-Dgateway.console.port=0");

    assertEquals(0, outcome.code(), outcome.output());
    JsonObject summary = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertEquals(0, summary.get("lost").getAsLong());
    assertTrue(summary.get("accepted").getAsLong() > 50, summary.toString());
    assertEquals(2, summary.get("dpsRegistrations").getAsLong(), "first boot, and the move");
    assertTrue(summary.get("dpsLookups").getAsLong() > 0, "the silent hub is looked up, for free");
    assertEquals(Set.of("", "127.0.0.2", "127.0.0.3"), hubs(summary));
  }

  @Test
  void shouldLoseNothingWhenEachBundleIsStoppedAndStartedInTheWebConsole() throws Exception {
    Path json = directory.resolve("restarts.json");
    Outcome outcome =
        run(
            Map.of(),
            "-Dgateway.restarts=true",
            "-Dgateway.cloud.network=127.0.9",
            "-Dgateway.json=" + json,
            "-Dgateway.console.port=0");

    assertEquals(0, outcome.code(), outcome.output());
    JsonObject summary = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertEquals(0, summary.get("lost").getAsLong());
    assertEquals(1, summary.get("dpsRegistrations").getAsLong(), "the assignment is remembered");
  }

  @Test
  void shouldNameTheVariableWhenAConnectionStringIsMalformed() throws Exception {
    Outcome outcome =
        run(Map.of(Wishes.CONNECTION_STRING, "HostName=hub.example.net;SharedAccessKey=" + KEY));

    thenOneLineSays(outcome, "REJOIN_CONNECTION_STRING has no DeviceId");
  }

  @Test
  void shouldNameTheVariableThatIsMissing() throws Exception {
    Outcome outcome = run(Map.of(Wishes.ID_SCOPE, "0ne0001", Wishes.DEVICE_KEY, KEY));

    thenOneLineSays(outcome, "REJOIN_REGISTRATION_ID is not set");
  }

  @Test
  void shouldSayWhatTheCloudsNetworkMayBe() throws Exception {
    Outcome outcome = run(Map.of(), "-Dgateway.cloud.network=10.0.0", "-Dgateway.console.port=0");

    thenOneLineSays(outcome, "gateway.cloud.network is 10.0.0");
  }

  @Test
  void shouldSayWhenTheConsolesPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = run(Map.of(), "-Dgateway.console.port=" + taken.getLocalPort());

      thenOneLineSays(outcome, "gateway.console.port is " + taken.getLocalPort());
    }
  }

  /** What only the cloud can see; the three gateways start side by side. */
  @Test
  void shouldNameTheVariableThatTheCloudRefuses() throws Exception {
    try (AzureEmulator azure =
        AzureEmulator.builder().hubA("127.0.8.2").hubB("127.0.8.3").dps("127.0.8.4").start()) {
      Path trust = directory.resolve("trust.p12");
      azure.ca().writeTrustStore(trust);
      azure.hubA().registry().add("gateway-1");
      String key = azure.dps().enrol("gateway-1", azure.hubA()).deviceKey("gateway-1");
      String[] properties = {
        "-Dgateway.console.port=0",
        "-Dgateway.dps.endpoint=127.0.8.4:" + azure.dps().port(),
        "-Dgateway.https.port=" + azure.hubA().httpsPort(),
        "-Dgateway.trust.store=" + trust,
        "-Dgateway.trust.password=" + Identity.PASSWORD
      };
      Running unknownScope =
          start("scope", provisioned("0neUNKNOWN", "gateway-1", key), properties);
      Running wrongKey =
          start("key", provisioned(azure.dps().idScope(), "gateway-1", KEY), properties);
      String connectionString = "HostName=127.0.8.2;DeviceId=gateway-1;SharedAccessKey=" + KEY;
      Running wrongString =
          start("string", Map.of(Wishes.CONNECTION_STRING, connectionString), properties);

      thenTheLastLineSays(unknownScope.end(), "STOPPED  REJOIN_ID_SCOPE: copy it", key);
      thenTheLastLineSays(wrongKey.end(), "STOPPED  REJOIN_DEVICE_KEY: copy", KEY);
      thenTheLastLineSays(wrongString.end(), "STOPPED  REJOIN_CONNECTION_STRING: copy", KEY);
    }
  }

  private static Map<String, String> provisioned(String scope, String registration, String key) {
    return Map.of(
        Wishes.ID_SCOPE, scope, Wishes.REGISTRATION_ID, registration, Wishes.DEVICE_KEY, key);
  }

  private void thenTheLastLineSays(Outcome outcome, String words, String secret)
      throws IOException {
    assertNotEquals(0, outcome.code(), outcome.output());
    List<String> lines = outcome.output().lines().toList();
    assertTrue(lines.get(lines.size() - 1).contains(words), outcome.output());
    assertFalse(outcome.output().contains("\tat "), outcome.output());
    assertFalse(outcome.output().contains(secret), "a secret was printed");
    assertFalse(outcome.log().contains(secret), "a secret was logged");
  }

  private static void thenOneLineSays(Outcome outcome, String words) {
    assertNotEquals(0, outcome.code());
    assertEquals(1, outcome.output().lines().count(), outcome.output());
    assertTrue(outcome.output().contains(words), outcome.output());
    assertFalse(outcome.output().contains(KEY), "a secret was printed");
  }

  private static Set<String> hubs(JsonObject summary) {
    return StreamSupport.stream(summary.getAsJsonArray("timeline").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(entry -> entry.get("hub").getAsString())
        .collect(Collectors.toSet());
  }

  private Outcome run(Map<String, String> environment, String... properties)
      throws IOException, InterruptedException {
    return start("gateway", environment, properties).end();
  }

  private Running start(String name, Map<String, String> environment, String... properties)
      throws IOException {
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(properties));
    command.add("-Dgateway.bundles=" + System.getProperty("gateway.bundles"));
    command.add("-Dgateway.dp=" + System.getProperty("gateway.dp"));
    command.add("-Dgateway.work=" + directory.resolve(name));
    command.add("-Dorg.slf4j.simpleLogger.logFile=" + log);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LocalGateway.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("REJOIN_"));
    builder.environment().putAll(environment);
    Path output = directory.resolve(name + ".txt");
    return new Running(builder.redirectOutput(output.toFile()).start(), output, log);
  }

  private record Running(Process process, Path output, Path log) {

    Outcome end() throws IOException, InterruptedException {
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertTrue(ended, () -> "did not end: " + text);
      return new Outcome(process.exitValue(), text, Files.exists(log) ? Files.readString(log) : "");
    }
  }
}
