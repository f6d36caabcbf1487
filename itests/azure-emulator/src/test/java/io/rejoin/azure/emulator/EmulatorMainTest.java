/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.identity.SasToken;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator in a JVM of its own. */
class EmulatorMainTest {
  private static final List<String> ADDRESSES =
      List.of(
          "--hub-a", "127.0.1.2", "--hub-b", "127.0.1.3", "--dps", "127.0.1.4", "--mqtt-port", "0");

  @TempDir Path directory;

  @Test
  void shouldServeFromAJvmOfItsOwnUntilItsInputEnds() throws Exception {
    Process process = start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String ready = out.readLine();
      assertTrue(ready.startsWith("azure-emulator ready: hub A 127.0.1.2:"), ready);
      JsonObject facts =
          JsonParser.parseString(Files.readString(directory.resolve("emulator.json")))
              .getAsJsonObject();
      assertTrue(ready.endsWith(facts.get("controlUrl").getAsString()), ready);
      JsonObject dps = facts.getAsJsonObject("dps");
      assertFalse(ready.contains(dps.get("deviceKey").getAsString()));

      assertEquals(202, register(dps, trust(facts)).statusCode());

      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmulatorMain.class.getName());
    command.addAll(ADDRESSES);
    command.addAll(List.of("--dir", directory.toString(), "--until-stdin-ends", "yes"));
    return new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
  }

  private static SSLContext trust(JsonObject facts) throws Exception {
    KeyStore store =
        KeyStore.getInstance(
            new File(facts.get("trustStore").getAsString()),
            facts.get("trustStorePassword").getAsString().toCharArray());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> register(JsonObject dps, SSLContext trust) throws Exception {
    String id = dps.get("registrationId").getAsString();
    String path = dps.get("idScope").getAsString() + "/registrations/" + id;
    String token =
        SasToken.sign(
            path,
            dps.get("deviceKey").getAsString(),
            Instant.now().plus(Duration.ofHours(1)),
            "registration");
    URI uri =
        URI.create(
            "https://"
                + dps.get("endpoint").getAsString()
                + "/"
                + path
                + "/register?api-version=2021-06-01");
    return HttpClient.newBuilder()
        .sslContext(trust)
        .build()
        .send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", token)
                .PUT(BodyPublishers.ofString("{\"registrationId\":\"" + id + "\"}"))
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void shouldWriteATrustStoreThatOpensWithItsPassword() throws Exception {
    List<String> arguments = new ArrayList<>(ADDRESSES);
    arguments.addAll(
        List.of("--dir", directory.toString(), "--until-stdin-ends", "yes", "--keys", "rsa"));

    assertEquals(0, run(arguments).code());

    KeyStore store =
        KeyStore.getInstance(
            directory.resolve("truststore.p12").toFile(), Identity.PASSWORD.toCharArray());
    assertEquals(1, store.size());
    assertEquals(
        "RSA", store.getCertificate(store.aliases().nextElement()).getPublicKey().getAlgorithm());
    assertTrue(Files.readString(directory.resolve("ca.pem")).startsWith("-----BEGIN CERTIFICATE"));
    assertFalse(Files.exists(directory.resolve("emulator.json.partial")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mqtt-port 70000 | 2 | --mqtt-port: a number from 0 to 65535, not 70000",
        "--mqtt-port x | 2 | --mqtt-port: a number from 0 to 65535, not x",
        "--keys dsa | 2 | --keys: ec or rsa, not dsa",
        "--hub-c x | 2 | --hub-c: unknown, there are --hub-a",
        "--dir | 2 | --dir: needs a value",
        "--hub-a 192.0.2.1 | 1 | cannot listen on 192.0.2.1:",
        "--hub-a nowhere.invalid | 1 | no address is known for nowhere.invalid",
        "--until-stdin-ends yes --dir /dev/null/x | 1 | --dir: cannot write there:",
      })
  void shouldTellAMistakeInOneLine(String extra, int code, String line) throws Exception {
    List<String> arguments = new ArrayList<>(ADDRESSES);
    arguments.addAll(List.of(extra.split(" ")));

    Outcome outcome = run(arguments);

    assertEquals(code, outcome.code());
    assertTrue(outcome.err().startsWith("azure-emulator: " + line), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void shouldTellWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.1.2", 0));
      int port = taken.getLocalPort();

      Outcome outcome = run(List.of("--hub-a", "127.0.1.2", "--mqtt-port", Integer.toString(port)));

      assertEquals(1, outcome.code());
      assertTrue(
          outcome.err().startsWith("azure-emulator: cannot listen on 127.0.1.2:" + port),
          outcome.err());
    }
  }

  private record Outcome(int code, String err) {}

  private static Outcome run(List<String> arguments) throws InterruptedException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        EmulatorMain.run(
            arguments.toArray(new String[0]),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return new Outcome(code, err.toString(UTF_8));
  }
}
