/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSimulatorTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void shouldPrintALineForEachPolicy() {
    whenRun("--devices", "500", "--policy", "recommended,documented,kura");
    assertEquals(1, lines("recommended "));
    assertEquals(1, lines("documented "));
    assertEquals(1, lines("kura "));
  }

  @Test
  void shouldWriteJsonWithTheDocumentedKeys() throws IOException {
    Path file = folder.resolve("result.json");
    whenRun(
        "--scenario",
        "G",
        "--devices",
        "300",
        "--policy",
        "recommended,paho",
        "--horizon",
        "600",
        "--json",
        file.toString());
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertEquals(
        Set.of(
            "scenario",
            "devices",
            "hubRate",
            "dpsRate",
            "lowerBoundSeconds",
            "eventsPerSecond",
            "bytesPerDevice",
            "results"),
        json.keySet());
    assertEquals("G", json.get("scenario").getAsString());
    assertEquals(18, json.get("lowerBoundSeconds").getAsDouble());
    JsonArray results = json.getAsJsonArray("results");
    assertEquals(2, results.size());
    JsonObject recommended = results.get(0).getAsJsonObject();
    assertEquals(
        Set.of(
            "policy",
            "t50",
            "t90",
            "t99",
            "t100",
            "timesLowerBound",
            "peakAttemptsPerSecond",
            "attemptsPerDevice",
            "dpsRequestsPerDevice",
            "dpsRegistrationsPerDevice",
            "lookupsPerDevice",
            "pollsPerDevice",
            "probesPerDevice"),
        recommended.keySet());
    assertTrue(recommended.get("t50").isJsonNull(), "nobody is back before the slot");
    assertTrue(recommended.get("timesLowerBound").isJsonNull());
  }

  @Test
  void shouldCountRequestsAsLookupsAndRegistrations() throws IOException {
    Path file = folder.resolve("result.json");
    whenRun("--scenario", "G", "--devices", "300", "--json", file.toString());
    JsonObject line =
        JsonParser.parseString(Files.readString(file))
            .getAsJsonObject()
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject();
    double lookups = line.get("lookupsPerDevice").getAsDouble();
    double registrations = line.get("dpsRegistrationsPerDevice").getAsDouble();
    assertEquals(1, lookups);
    assertEquals(1, registrations);
    assertEquals(1, line.get("pollsPerDevice").getAsDouble());
    assertEquals(lookups + registrations, line.get("dpsRequestsPerDevice").getAsDouble());
  }

  @Test
  void shouldDrawALineForEachPolicyInBothPlots() throws Exception {
    Path file = folder.resolve("plot.svg");
    whenRun("--devices", "500", "--policy", "recommended,kura", "--plot", file.toString());
    int lines =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName("polyline")
            .getLength();
    assertEquals(4, lines);
  }

  @Test
  void shouldDrawTheRequestsToDpsWhereThereAreAny() throws IOException {
    Path file = folder.resolve("plot.svg");
    whenRun("--scenario", "G", "--devices", "300", "--plot", file.toString());
    assertTrue(Files.readString(file).contains("DPS lookups and registrations per second"));
    whenRun("--scenario", "A", "--devices", "300", "--plot", file.toString());
    assertFalse(Files.readString(file).contains("DPS"));
  }

  @Test
  void shouldMakeRoomForALongNameInThePlot() throws IOException {
    Path file = folder.resolve("plot.svg");
    whenRun("--devices", "10", "--plot", file.toString());
    assertTrue(Files.readString(file).contains("viewBox=\"0 0 900 590\""));
    String policy = "recommended:capSeconds=300:baseSeconds=1";
    whenRun("--devices", "10", "--policy", policy, "--plot", file.toString());
    assertTrue(Files.readString(file).contains("viewBox=\"0 0 1030 590\""));
  }

  @Test
  void shouldSimulateAGatewayWithOtherNumbers() throws IOException {
    Path file = folder.resolve("result.json");
    whenRun(
        "--scenario",
        "G",
        "--devices",
        "300",
        "--policy",
        "recommended,recommended:slotMaxMinutes=120:dpsPauseSeconds=10:registerAtOccasion=1",
        "--json",
        file.toString());
    JsonArray results =
        JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("results");
    JsonObject other = results.get(1).getAsJsonObject();
    assertTrue(other.get("t100").getAsDouble() > 6_000, other.toString());
    assertEquals(0, other.get("lookupsPerDevice").getAsDouble());
    assertTrue(results.get(0).getAsJsonObject().get("t100").getAsDouble() < 2_500);
  }

  @ParameterizedTest
  @CsvSource({
    "firstDelaySeconds=40, 30, 43",
    "initialSpreadSeconds=300, 200, 302",
    "capSeconds=0.2:baseSeconds=0.2, 0, 2",
  })
  void shouldTurnEachNumberOfThePolicy(String change, double least, double most)
      throws IOException {
    Path file = folder.resolve("result.json");
    whenRun("--devices", "100", "--policy", "recommended:" + change, "--json", file.toString());
    double t100 =
        JsonParser.parseString(Files.readString(file))
            .getAsJsonObject()
            .getAsJsonArray("results")
            .get(0)
            .getAsJsonObject()
            .get("t100")
            .getAsDouble();
    assertTrue(t100 >= least && t100 <= most, change + ": " + t100);
  }

  @Test
  void shouldRepeatARunExactlyByItsSeed() {
    whenRun("--devices", "2000", "--hub-rate", "10", "--seed", "7");
    String first = withoutSpeed();
    whenRun("--devices", "2000", "--hub-rate", "10", "--seed", "7");
    String second = withoutSpeed();
    whenRun("--devices", "2000", "--hub-rate", "10", "--seed", "8");
    assertEquals(first, second);
    assertFalse(first.equals(withoutSpeed()));
  }

  @Test
  void shouldNotShowAProgressBarWhereNobodyWatches() {
    whenRun("--devices", "500");
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--devices 0 | --devices 0: accepts a whole number from 1 to 16777215",
        "--devices many | --devices many: accepts a whole number from 1 to 16777215",
        "--hub-rate -1 | --hub-rate -1: accepts a number from 0.01 to 1000000",
        "--hub-rate NaN | --hub-rate NaN: accepts a number from 0.01 to 1000000",
        "--alpha 2 | --alpha 2: accepts a number from 0 to 1",
        "--scenario X | --scenario X: accepts A, B, C, D, E, F, G, H, I",
        "--hub burnt | --hub burnt: accepts returns, quota, gone-silent, gone-confirmed",
        "--refusals rude | --refusals rude: accepts explained, busy, hidden",
        "--dps-limit none | --dps-limit none: accepts shared, separate",
        "--profile mine | --profile mine: accepts documented, recommended",
        "--policy recommended:capSeconds=0 | --policy recommended:capSeconds=0: accepts capSeconds from 0.1 to 86400",
        "--policy recommended:capSeconds | --policy recommended:capSeconds: accepts capSeconds from 0.1 to 86400",
      })
  void shouldSayInOneLineWhatAnArgumentAccepts(String arguments, String expected) {
    assertEquals(2, run(arguments.split(" ")));
    assertEquals(expected + System.lineSeparator(), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void shouldNameThePoliciesThatExist() {
    assertEquals(2, run("--policy", "recommended,magic"));
    assertTrue(err.toString().startsWith("--policy magic: accepts recommended, documented,"));
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void shouldNameTheNumbersThatCanBeChanged() {
    assertEquals(2, run("--policy", "recommended:cap=3"));
    assertTrue(
        err.toString().startsWith("--policy recommended:cap=3: accepts firstDelaySeconds, "));
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void shouldNameTheOptionsThatExist() {
    assertEquals(2, run("--fleet", "7"));
    assertTrue(err.toString().contains("--fleet"), err.toString());
    assertTrue(err.toString().contains("accepts --scenario"), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void shouldSayWhichOptionLacksItsValue() {
    assertEquals(2, run("--devices"));
    assertTrue(err.toString().contains("--devices"), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void shouldSayWhichFileCannotBeWritten() {
    Path nowhere = folder.resolve("missing").resolve("result.json");
    assertEquals(1, run("--devices", "10", "--json", nowhere.toString()));
    assertTrue(err.toString().contains(nowhere.toString()), err.toString());
  }

  @Test
  void shouldExplainItself() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("azure-java"));
    assertTrue(out.toString().contains("10-minute outage"));
  }

  private void whenRun(String... args) {
    assertEquals(0, run(args), err::toString);
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    return FleetSimulator.run(new PrintWriter(out), new PrintWriter(err), false, args);
  }

  private long lines(String start) {
    return out.toString().lines().filter(line -> line.startsWith(start)).count();
  }

  private String withoutSpeed() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("recommended"))
        .toList()
        .toString();
  }
}
