/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at any moment, with a database on a file: what {@code publish} accepted reaches
 * the hub. The gateway says a message is accepted only after {@code publish} has returned, so that
 * what is lost with its last words was accepted too, and may arrive as well.
 */
class KilledGatewayTest {
  private static final String DEVICE = "press-7";
  private static final int KILLS = Integer.getInteger("delivery.kills", 3);

  /** The same kills at each run; a failure does not depend on luck alone. */
  private final Random random = new Random(7);

  private final Set<String> accepted = new HashSet<>();
  private AzureEmulator azure;
  private HubEmulator hub;
  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    azure =
        AzureEmulator.builder()
            .hubA("127.0.7.2")
            .hubB("127.0.7.3")
            .dps("127.0.7.4")
            .mqttPort(0)
            .start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
    azure.ca().writeTrustStore(directory.resolve("trust.p12"));
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void shouldLoseNothingThatWasAcceptedWhenKilled() throws Exception {
    hub.roundTrip(Duration.ofMillis(20)); // so that messages are in flight at each kill
    for (int kill = 0; kill < KILLS; kill++) {
      publishUntilKilled(50 + random.nextInt(150));
    }
    drain();

    Set<String> delivered =
        hub.journal().of(DEVICE).stream()
            .map(ReceivedMessage::messageId)
            .collect(Collectors.toSet());
    Set<String> lost = new HashSet<>(accepted);
    lost.removeAll(delivered);
    assertEquals(Set.of(), lost);
    assertTrue(accepted.size() >= KILLS * 50, accepted.size() + " accepted");
  }

  /** The same with a database in memory: what waits for its confirmation is gone. */
  @Test
  void shouldFindWhatIsLostWithoutADurableStore() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    publishUntilKilled("jdbc:h2:mem:gone", 50);
    hub.clearFaults();
    hub.journal().clear();
    drain("jdbc:h2:mem:gone");

    assertEquals(List.of(), hub.journal().of(DEVICE));
    assertTrue(accepted.size() >= 50, accepted.size() + " accepted");
  }

  private void publishUntilKilled(int messages) throws Exception {
    publishUntilKilled(durable(), messages);
  }

  private void publishUntilKilled(String database, int messages) throws Exception {
    Process gateway = gateway(database, true);
    try (BufferedReader out = output(gateway)) {
      int seen = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(PublishingGateway.ACCEPTED)) {
          accepted.add(line.substring(PublishingGateway.ACCEPTED.length()));
          if (++seen == messages) {
            gateway.toHandle().destroyForcibly(); // what it said before its end is still read
          }
        }
      }
      assertTrue(seen >= messages, "ended by itself after " + seen);
    }
    gateway.waitFor();
    hub.awaitDisconnected(DEVICE, Duration.ofSeconds(20));
  }

  private void drain() throws Exception {
    drain(durable());
  }

  private void drain(String database) throws Exception {
    Process gateway = gateway(database, false);
    try (BufferedReader out = output(gateway)) {
      List<String> said =
          out.lines().takeWhile(line -> !line.equals(PublishingGateway.DRAINED)).toList();
      gateway.destroyForcibly();
      assertTrue(gateway.waitFor(20, TimeUnit.SECONDS), () -> String.join("\n", said));
    }
  }

  private String durable() {
    return "jdbc:h2:file:"
        + directory.resolve("messages")
        + ";WRITE_DELAY=0;MAX_LENGTH_INPLACE_LOB=4096";
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Process gateway(String database, boolean publish) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            PublishingGateway.class.getName(),
            hub.connectionString(DEVICE),
            String.valueOf(hub.mqttPort()),
            directory.resolve("trust.p12").toString(),
            Identity.PASSWORD,
            database,
            String.valueOf(publish))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
