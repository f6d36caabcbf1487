/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hubs, in a JVM of their own. Obeys its standard input and ends with it. */
final class HubMain {
  /** Two to an emulator; three for each of the ten real outages. */
  static final int HUBS = 30;

  private static final String OURS = "ours";
  private static final String BARE = "bare";

  private HubMain() {}

  /** Argument: where the trust store is written. */
  public static void main(String[] args) throws IOException {
    TestCa ca = TestCa.create();
    ca.writeTrustStore(Path.of(args[0]));
    List<HubEmulator> hubs = new ArrayList<>();
    for (int pair = 0; pair < HUBS / 2; pair++) {
      AzureEmulator azure = start(ca, 3 * pair + 2);
      hubs.add(azure.hubA());
      hubs.add(azure.hubB());
    }
    for (HubEmulator hub : hubs) {
      hub.journal().keep(0);
      hub.registry().add(OURS);
      hub.registry().add(BARE);
      System.out.println(
          hub.connectionString(OURS) + " " + hub.connectionString(BARE) + " " + hub.httpsPort());
    }
    obey(hubs);
    System.exit(0);
  }

  private static AzureEmulator start(TestCa ca, int address) throws IOException {
    return AzureEmulator.builder()
        .ca(ca)
        .hubA("127.0.5." + address)
        .hubB("127.0.5." + (address + 1))
        .dps("127.0.5." + (address + 2))
        .start();
  }

  private static void obey(List<HubEmulator> hubs) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      HubEmulator hub = hubs.get(Integer.parseInt(words[1]));
      Duration millis = Duration.ofMillis(Long.parseLong(words[2]));
      if (words[0].equals("outage")) {
        hub.outage(millis);
      } else {
        hub.roundTrip(millis);
      }
      System.out.println("done");
    }
  }
}
