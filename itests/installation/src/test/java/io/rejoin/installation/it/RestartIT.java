/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.AzureEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.AD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A boot as Kura does it: the framework's storage is empty, the snapshot's configurations are there
 * before any bundle, and the packages are replayed one by one in whatever order.
 */
class RestartIT {

  private static final Path RELEASED = Path.of("src/test/resources/released");

  /** What Kura and the connection factory keep beside the settings. */
  private static final Pattern NOT_IN_FORMS =
      Pattern.compile("(service|kura|component|cloud)\\..*|outbox\\.origin");

  @TempDir static Path directory;

  private static AzureEmulator azure;
  private static Packages packages;
  private static Path trust;

  @BeforeAll
  static void start() throws Exception {
    azure = AzureEmulator.builder().hubA("127.0.6.2").hubB("127.0.6.3").dps("127.0.6.4").start();
    trust = directory.resolve("trust.p12");
    azure.ca().writeTrustStore(trust);
    packages = new Packages(Files.createDirectory(directory.resolve("packages")));
  }

  @AfterAll
  static void stop() {
    azure.close();
  }

  @Test
  void shouldSendWhatWasStoredAndKeepTheAssignmentOverARestart() throws Exception {
    Path home = directory.resolve("restarted");
    Connection connection = new Connection(azure);
    long registrations;
    try (Gateway gateway = boot(home)) {
      install(gateway, List.of("retry-policies", "azure-iothub", "azure-dps"));
      connection.create(gateway, trust);
      connection.awaitConnected(gateway);
      registrations = connection.registrations();
      azure.hubA().outage();
      connection.publish(gateway, 20);
    }
    azure.hubA().endOutage();

    try (Gateway gateway = boot(home)) {
      install(gateway, List.of("azure-dps", "azure-iothub", "retry-policies"));

      connection.awaitConnected(gateway);
      connection.awaitAllDelivered();
      assertEquals(registrations, connection.registrations(), "the assignment is remembered");
      assertTrue(connection.publish(gateway), "the publisher is back too");
    }
  }

  static Stream<Path> released() throws IOException {
    return Files.list(RELEASED).sorted();
  }

  /** Each file holds what a gateway with that release had in its snapshot. */
  @ParameterizedTest
  @MethodSource("released")
  void shouldConnectWithTheSettingsOfEachReleasedVersion(Path settings) throws Exception {
    Connection connection = new Connection(azure);
    Path home = directory.resolve("with-" + settings.getFileName());
    Path snapshot = home.resolve("user/snapshots/snapshot_0.xml");
    Files.createDirectories(snapshot.getParent());
    Files.writeString(
        snapshot,
        Files.readString(settings)
            .replace("@home@", home.toString())
            .replace("@trust@", trust.toString())
            .replace("@dps@", "127.0.6.4:" + azure.dps().port())
            .replace("@https@", "" + azure.hubA().httpsPort())
            .replace("@idScope@", azure.dps().idScope())
            .replace("@key@", connection.enrol()));
    try (Gateway gateway = boot(home)) {
      gateway.install(packages.all());

      connection.awaitConnected(gateway);
      connection.publish(gateway, 3);
      connection.awaitAllDelivered();
      assertEquals(List.of(), forgotten(gateway), "settings without effect");
    }
  }

  /** What the configurations hold that the forms of today do not know. */
  private static List<String> forgotten(Gateway gateway) throws Exception {
    List<String> forgotten = new ArrayList<>();
    for (ComponentConfiguration each :
        gateway.service(ConfigurationService.class, "").getComponentConfigurations()) {
      if (String.valueOf(each.getConfigurationProperties().get("service.factoryPid"))
          .startsWith("io.rejoin.")) {
        Set<String> known =
            each.getDefinition().getAD().stream().map(AD::getId).collect(Collectors.toSet());
        each.getConfigurationProperties().keySet().stream()
            .filter(name -> !known.contains(name) && !NOT_IN_FORMS.matcher(name).matches())
            .forEach(name -> forgotten.add(each.getPid() + ": " + name));
      }
    }
    return forgotten;
  }

  private static Gateway boot(Path home) throws Exception {
    return Gateway.boot(home, Files.createTempDirectory(directory, "osgi"));
  }

  private static void install(Gateway gateway, List<String> features) throws Exception {
    for (String feature : features) {
      gateway.install(packages.feature(feature));
    }
  }
}
