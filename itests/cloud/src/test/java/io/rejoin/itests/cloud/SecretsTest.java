/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.cloud;

import static io.rejoin.itests.cloud.Eventually.eventually;
import static io.rejoin.itests.cloud.Gateway.DEVICE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.KuraConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.service.event.Event;

/**
 * No secret shows anywhere: a gateway connects, is cut off, is refused, is misconfigured and tells
 * the cloud about itself, and all that it says is searched.
 */
@Timeout(180)
class SecretsTest {
  private static final String PROXY_PASSWORD = "proxy-secret-7f3a";
  private static final String WRONG_KEY = "d3Jvbmcga2V5IHdyb25nIGtleQ==";

  private final PrintStream error = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> said = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listenToTheLog() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void leaveTheLog() {
    System.setErr(error);
  }

  @Test
  void shouldShowNoSecretAnywhere() throws Exception {
    try (Gateway gateway =
        new Gateway(Map.of("proxy.password", PROXY_PASSWORD, "twin.statistics.hours", 1))) {
      gateway.onEvent(event -> said.add(words(event)));
      gateway.awaitConnected();
      said.add(gateway.call("getConnectionStatus", "null").payload());
      eventually("reported", () -> gateway.hub().reported(DEVICE).has("rejoin"));
      said.add(gateway.hub().reported(DEVICE).toString());
      tellAll(gateway);

      String key = gateway.hub().registry().primaryKey(DEVICE);
      gateway.configure("HostName=127.0.7.2;DeviceId=" + DEVICE + ";SharedAccessKey=" + WRONG_KEY);
      eventually("refused", () -> !failure(gateway).equals("none"));
      connect(gateway);
      tellAll(gateway);
      gateway.configure("HostName=127.0.7.2;SharedAccessKey=" + WRONG_KEY);
      eventually("misconfigured", () -> failure(gateway).contains("DeviceId"));
      tellAll(gateway);
      gateway.configure("HostName=127.0.7.2;DeviceId=x;SharedAccessKey=%" + WRONG_KEY);
      eventually("misconfigured", () -> failure(gateway).contains("Base64"));
      tellAll(gateway);

      String everything = String.join("\n", said) + log.toString(StandardCharsets.UTF_8);
      assertTrue(everything.contains("connected to 127.0.7.2"), "the log is searched too");
      assertTrue(said.stream().anyMatch(line -> line.contains("STATE_CHANGED")), "events too");
      for (String secret :
          List.of(key, WRONG_KEY, PROXY_PASSWORD, "SharedAccessSignature", "sig=")) {
        assertFalse(everything.contains(secret), () -> around(everything, secret));
      }
    }
  }

  private void tellAll(Gateway gateway) {
    said.add(gateway.endpoint().getInfo().toString());
    said.add(gateway.printed());
  }

  private void connect(Gateway gateway) {
    KuraConnectException thrown =
        assertThrows(KuraConnectException.class, () -> gateway.endpoint().connect());
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    said.add(text.toString());
  }

  private static String failure(Gateway gateway) {
    return gateway.endpoint().getInfo().getOrDefault("Last Failure", "none");
  }

  private static String words(Event event) {
    StringBuilder words = new StringBuilder(event.getTopic());
    for (String name : event.getPropertyNames()) {
      words.append(' ').append(name).append('=').append(event.getProperty(name));
    }
    return words.toString();
  }

  private static String around(String text, String secret) {
    int at = text.indexOf(secret);
    return "..." + text.substring(Math.max(0, at - 200), at) + "<here>";
  }
}
