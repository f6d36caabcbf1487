/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeriveDeviceKeyTest {

  /** The example of Microsoft's documentation on symmetric key attestation. */
  private static final String GROUP_KEY =
      "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";

  private static final String ID = "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6";
  private static final String DEVICE_KEY = "Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** As a person runs it: with this bundle's classes and nothing else. */
  @Test
  void shouldRunWithTheJdkAlone() throws Exception {
    File classes =
        new File(DeriveDeviceKey.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.getPath(),
                DeriveDeviceKey.class.getName(),
                ID)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write((GROUP_KEY + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(ID + "\t" + DEVICE_KEY, printed.trim());
    assertEquals(0, process.exitValue());
  }

  @Test
  void shouldDeriveAKeyForEach() throws Exception {
    assertEquals(0, run(GROUP_KEY, ID, "pump-8"));

    List<String> lines = text(out).lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("pump-8\t"));
    assertFalse(text(out).contains(GROUP_KEY));
  }

  @Test
  void shouldSayHowItIsUsed() throws Exception {
    assertEquals(2, run(GROUP_KEY));

    assertTrue(text(err).startsWith("usage:"));
  }

  @Test
  void shouldRefuseWhatIsNoRegistrationId() throws Exception {
    assertEquals(2, run(GROUP_KEY, "pump 7"));

    assertTrue(text(err).contains("pump 7: must have"));
    assertEquals("", text(out));
  }

  @Test
  void shouldRefuseWhatIsNoKeyAndNotShowIt() throws Exception {
    assertEquals(1, run("c2VzYW1l", ID));

    assertTrue(text(err).contains("6 bytes"), text(err));
    assertFalse(text(err).contains("c2VzYW1l"), text(err));
    assertEquals(1, run("", ID));
  }

  private int run(String key, String... ids) throws Exception {
    return DeriveDeviceKey.run(
        List.of(ids),
        new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
