/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import static io.rejoin.itests.link.Bed.DEVICE;
import static io.rejoin.itests.link.Bed.SOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.iothub.link.SdkLinkFactory;
import io.rejoin.retry.Failure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The bundle as it is built has all that the SDK needs: run in a JVM of its own, with gson, which
 * Kura exports, and without commons-codec, commons-lang3, proton or anything else that is not in
 * it.
 */
class JarAloneTest {

  @Test
  void shouldNeedNothingButItself(@TempDir Path directory) throws Exception {
    try (Bed bed = new Bed()) {
      Path trust = directory.resolve("trust.p12");
      bed.azure.ca().writeTrustStore(trust);
      Process solo =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  String.join(File.pathSeparator, classPath()),
                  "io.rejoin.itests.link.Solo",
                  bed.hub.connectionString(DEVICE),
                  String.valueOf(bed.hub.mqttPort()),
                  String.valueOf(bed.hub.httpsPort()),
                  trust.toString(),
                  Identity.PASSWORD)
              .redirectErrorStream(true)
              .start();
      try {
        List<String> said = talkTo(solo, bed);

        assertTrue(solo.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, solo.exitValue(), () -> String.join("\n", said));
        assertTrue(said.contains("solo: done"), () -> String.join("\n", said));
        assertFalse(
            said.stream()
                .anyMatch(
                    line ->
                        line.contains("NoClassDefFoundError")
                            || line.contains("ClassNotFoundException")
                            || line.contains("MissingResourceException")
                            || line.contains("UnknownVersion")),
            () -> String.join("\n", said));
      } finally {
        solo.destroyForcibly();
      }
    }
  }

  private static List<String> talkTo(Process solo, Bed bed) throws IOException {
    List<String> said = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(solo.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith("solo: twin ")) {
          bed.hub.sendToDevice(DEVICE, ToDeviceMessage.of("x").propertyWithoutValue("none", false));
          bed.hub.invokeMethod(DEVICE, "ping", "1");
          bed.hub.patchDesired(DEVICE, "{\"interval\":5}");
        } else if (line.equals("solo: cut me")) {
          bed.hub.await(HubCount.TWIN_PATCHES, 1, SOON);
          bed.hub.registry().disable(DEVICE);
        }
      }
    }
    return said;
  }

  /** The bundle, our API, slf4j, gson, and this test's own classes. */
  private static Set<String> classPath() throws ReflectiveOperationException, URISyntaxException {
    Set<String> classPath = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            SdkLinkFactory.class,
            Class.forName("com.microsoft.azure.sdk.iot.device.DeviceClient"),
            Failure.class,
            JsonObject.class,
            LoggerFactory.class,
            Class.forName("org.slf4j.impl.StaticLoggerBinder"),
            Solo.class)) {
      classPath.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return classPath;
  }
}
