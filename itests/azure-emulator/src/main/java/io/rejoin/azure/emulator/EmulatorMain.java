/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.dps.Enrolment;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The emulator in a JVM of its own. Prints one line when it is ready, and one when it cannot start;
 * writes into a directory what a client needs: {@code truststore.p12}, {@code ca.pem} and {@code
 * emulator.json}.
 */
public final class EmulatorMain {
  private static final int BAD_ARGUMENT = 2;
  private static final int CANNOT_START = 1;
  private static final int OK = 0;

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("--hub-a", "127.0.0.2");
    DEFAULTS.put("--hub-b", "127.0.0.3");
    DEFAULTS.put("--dps", "127.0.0.4");
    DEFAULTS.put("--mqtt-port", "8883");
    DEFAULTS.put("--https-port", "0");
    DEFAULTS.put("--dps-port", "0");
    DEFAULTS.put("--control-port", "0");
    DEFAULTS.put("--id-scope", "0ne000REJOIN");
    DEFAULTS.put("--registration-id", "gateway-1");
    DEFAULTS.put("--keys", "ec");
    DEFAULTS.put("--dir", ".");
    DEFAULTS.put("--until-stdin-ends", "no");
  }

  private EmulatorMain() {}

  /**
   * Runs until it is ended.
   *
   * @param arguments {@code --name value}, each; see the module's README
   */
  public static void main(String[] arguments) throws InterruptedException {
    int code = run(arguments, System.in, System.out, System.err);
    if (code != OK) {
      System.exit(code);
    }
  }

  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err)
      throws InterruptedException {
    Map<String, String> settings;
    AzureEmulator azure;
    try {
      settings = parse(arguments);
      azure = builder(settings).start();
    } catch (IllegalArgumentException e) {
      err.println("azure-emulator: " + e.getMessage());
      return BAD_ARGUMENT;
    } catch (IOException e) {
      err.println("azure-emulator: " + e.getMessage() + " (see --hub-a, --mqtt-port and so on)");
      return CANNOT_START;
    }
    try (azure) {
      Path directory = Path.of(value(settings, "--dir"));
      writeFacts(azure, value(settings, "--registration-id"), directory);
      out.println(readyLine(azure));
      out.flush();
      waitForTheEnd(value(settings, "--until-stdin-ends").equals("yes"), in);
      return OK;
    } catch (IOException e) {
      err.println("azure-emulator: --dir: cannot write there: " + e.getMessage());
      return CANNOT_START;
    }
  }

  private static void waitForTheEnd(boolean untilStdinEnds, InputStream in)
      throws IOException, InterruptedException {
    if (untilStdinEnds) {
      in.transferTo(OutputStream.nullOutputStream());
    } else {
      Thread.currentThread().join();
    }
  }

  private static Map<String, String> parse(String[] arguments) {
    Map<String, String> settings = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.length; i += 2) {
      if (!DEFAULTS.containsKey(arguments[i])) {
        throw new IllegalArgumentException(
            arguments[i] + ": unknown, there are " + String.join(" ", DEFAULTS.keySet()));
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + ": needs a value");
      }
      settings.put(arguments[i], arguments[i + 1]);
    }
    oneOf(settings, "--keys", "ec", "rsa");
    oneOf(settings, "--until-stdin-ends", "yes", "no");
    return settings;
  }

  private static void oneOf(Map<String, String> settings, String name, String one, String other) {
    String value = value(settings, name);
    if (!value.equals(one) && !value.equals(other)) {
      throw new IllegalArgumentException("%s: %s or %s, not %s".formatted(name, one, other, value));
    }
  }

  private static AzureEmulator.Builder builder(Map<String, String> settings) {
    boolean rsa = value(settings, "--keys").equals("rsa");
    return AzureEmulator.builder()
        .hubA(value(settings, "--hub-a"))
        .hubB(value(settings, "--hub-b"))
        .dps(value(settings, "--dps"))
        .mqttPort(port(settings, "--mqtt-port"))
        .httpsPort(port(settings, "--https-port"))
        .dpsPort(port(settings, "--dps-port"))
        .controlPort(port(settings, "--control-port"))
        .idScope(value(settings, "--id-scope"))
        .ca(TestCa.create(rsa ? TestCa.KeyKind.RSA : TestCa.KeyKind.EC));
  }

  private static String value(Map<String, String> settings, String name) {
    return settings.getOrDefault(name, "");
  }

  private static int port(Map<String, String> settings, String name) {
    String value = value(settings, name);
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
      return Integer.parseInt(value);
    }
    throw new IllegalArgumentException(name + ": a number from 0 to 65535, not " + value);
  }

  private static String readyLine(AzureEmulator azure) {
    return "azure-emulator ready: hub A %s:%d, hub B %s:%d, DPS %s:%d, control page %s"
        .formatted(
            azure.hubA().hostName(),
            azure.hubA().mqttPort(),
            azure.hubB().hostName(),
            azure.hubB().mqttPort(),
            azure.dps().door().address().getAddress().getHostAddress(),
            azure.dps().port(),
            azure.controlUrl());
  }

  /** The facts come last, and whole, so that a script may wait for the file. */
  private static void writeFacts(AzureEmulator azure, String registrationId, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    Path trustStore = directory.resolve("truststore.p12");
    Path pem = directory.resolve("ca.pem");
    azure.ca().writeTrustStore(trustStore);
    Files.writeString(pem, azure.ca().pem());
    Enrolment enrolment = azure.dps().enrol(registrationId, azure.hubA());
    JsonObject facts = new JsonObject();
    facts.add("hubA", hub(azure.hubA()));
    facts.add("hubB", hub(azure.hubB()));
    JsonObject dps = new JsonObject();
    String address = azure.dps().door().address().getAddress().getHostAddress();
    dps.addProperty("host", address);
    dps.addProperty("port", azure.dps().port());
    dps.addProperty("endpoint", address + ":" + azure.dps().port());
    dps.addProperty("idScope", azure.dps().idScope());
    dps.addProperty("registrationId", registrationId);
    dps.addProperty("deviceKey", enrolment.deviceKey(registrationId));
    facts.add("dps", dps);
    facts.addProperty("controlUrl", azure.controlUrl());
    facts.addProperty("trustStore", trustStore.toAbsolutePath().toString());
    facts.addProperty("trustStorePassword", Identity.PASSWORD);
    facts.addProperty("caPem", pem.toAbsolutePath().toString());
    Path partial = directory.resolve("emulator.json.partial");
    Files.writeString(partial, new GsonBuilder().setPrettyPrinting().create().toJson(facts));
    Files.move(partial, directory.resolve("emulator.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static JsonObject hub(HubEmulator hub) {
    JsonObject json = new JsonObject();
    json.addProperty("hostName", hub.hostName());
    json.addProperty("mqttPort", hub.mqttPort());
    json.addProperty("httpsPort", hub.httpsPort());
    return json;
  }
}
