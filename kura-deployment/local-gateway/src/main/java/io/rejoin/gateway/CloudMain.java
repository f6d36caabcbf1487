/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway;

import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.dps.DpsCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The local cloud, in a JVM of its own: reads one-line commands, answers each with one line of
 * JSON, and ends with its input.
 */
public final class CloudMain {

  static final String REGISTRATION = "gateway-1";

  private final AzureEmulator azure;

  private CloudMain(AzureEmulator azure) {
    this.azure = azure;
  }

  /** Arguments: where the trust store is written, the first three numbers of the addresses. */
  public static void main(String[] arguments) throws IOException {
    String network = arguments[1];
    try (AzureEmulator azure =
        AzureEmulator.builder()
            .hubA(network + ".2")
            .hubB(network + ".3")
            .dps(network + ".4")
            .start()) {
      CloudMain cloud = new CloudMain(azure);
      System.out.println(cloud.facts(Path.of(arguments[0]), network));
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          System.out.println(cloud.answer(line));
        }
      }
    } catch (IOException e) {
      JsonObject error = new JsonObject();
      error.addProperty("error", e.getMessage());
      System.out.println(error);
    }
  }

  /** Enrols the device at hub A and tells all that a gateway needs to know. */
  private JsonObject facts(Path trustStore, String network) throws IOException {
    azure.ca().writeTrustStore(trustStore);
    JsonObject facts = new JsonObject();
    facts.addProperty("dpsEndpoint", network + ".4:" + azure.dps().port());
    facts.addProperty("idScope", azure.dps().idScope());
    facts.addProperty("registrationId", REGISTRATION);
    facts.addProperty(
        "deviceKey", azure.dps().enrol(REGISTRATION, azure.hubA()).deviceKey(REGISTRATION));
    facts.addProperty("httpsPort", azure.hubA().httpsPort());
    facts.addProperty("trustPassword", Identity.PASSWORD);
    return facts;
  }

  private JsonObject answer(String line) {
    JsonObject answer = new JsonObject();
    try {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "outage" -> hub(words[1]).outage(Duration.ofSeconds(Long.parseLong(words[2])));
        case "enrol" -> azure.dps().moveEnrolment(REGISTRATION, hub(words[1]));
        case "delete" -> hub(words[1]).registry().delete(REGISTRATION);
        case "counts" -> count(answer);
        default -> answer.addProperty("error", "unknown command");
      }
    } catch (RuntimeException e) {
      answer.addProperty("error", e.toString());
    }
    return answer;
  }

  private HubEmulator hub(String letter) {
    return letter.equals("a") ? azure.hubA() : azure.hubB();
  }

  private void count(JsonObject answer) {
    List<String> ids =
        Stream.of(azure.hubA(), azure.hubB())
            .flatMap(hub -> hub.journal().messages().stream())
            .map(ReceivedMessage::messageId)
            .toList();
    long delivered = ids.stream().distinct().count();
    answer.addProperty("delivered", delivered);
    answer.addProperty("duplicates", ids.size() - delivered);
    answer.addProperty("dpsLookups", azure.dps().counted(DpsCount.LOOKUPS));
    answer.addProperty("dpsRegistrations", azure.dps().counted(DpsCount.BILLED));
  }
}
