/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.emulator.AzureEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.deploymentadmin.DeploymentException;

/** The packages on one gateway, which runs from test to test as a gateway does. */
class InstallationIT {

  private static final String UPGRADE = "1.0.1";

  @TempDir static Path directory;

  private static AzureEmulator azure;
  private static Packages packages;
  private static Gateway gateway;
  private static Path trust;

  private final Connection connection = new Connection(azure);
  private boolean connectionCreated;

  @BeforeAll
  static void boot() throws Exception {
    azure = AzureEmulator.builder().hubA("127.0.6.2").hubB("127.0.6.3").dps("127.0.6.4").start();
    trust = directory.resolve("trust.p12");
    azure.ca().writeTrustStore(trust);
    packages = new Packages(Files.createDirectory(directory.resolve("packages")));
    gateway =
        Gateway.boot(directory.resolve("kura"), Files.createDirectory(directory.resolve("osgi")));
  }

  @AfterAll
  static void halt() throws Exception {
    try (AzureEmulator unused = azure) {
      if (gateway != null) {
        gateway.close();
      }
    }
  }

  @AfterEach
  void uninstall() throws Exception {
    if (connectionCreated) {
      connection.delete(gateway);
      deleteState();
    }
    gateway.uninstallAll();
  }

  @Test
  void shouldActivateEveryBundleAndEveryComponentOfAConnection() throws Exception {
    gateway.install(packages.all());
    givenAConnection();

    assertAllActive(gateway.bundles());
    List<String> parts = Connection.parts(gateway);
    assertTrue(parts.size() >= 4, parts.toString());
    for (String pid : parts) {
      assertTrue(
          gateway.has(ConfigurableComponent.class, "(kura.service.pid=" + pid + ")"),
          pid + " is not satisfied");
    }
    connection.publish(gateway, 5);
    connection.awaitAllDelivered();
  }

  /** And the way back: DeploymentAdmin takes an older version like any other. */
  @Test
  void shouldLoseNothingAndKeepTheAssignmentInAnUpgradeAndADowngrade() throws Exception {
    gateway.install(packages.all());
    SortedMap<String, String> before = gateway.bundles();
    givenAConnection();

    whileReadingsArePublished(() -> gateway.install(packages.allAt(UPGRADE)));
    assertTrue(
        gateway.bundles().values().stream().allMatch(("ACTIVE " + UPGRADE)::equals),
        gateway.bundles().toString());
    whileReadingsArePublished(() -> gateway.install(packages.all()));

    assertEquals(before, gateway.bundles());
    assertEquals(1, connection.registrations() - registrationsBefore, "the assignment is kept");
  }

  @Test
  void shouldLeaveNothingBehindAndComeBackWhenInstalledAgain() throws Exception {
    gateway.install(packages.all());
    givenAConnection();
    connection.publish(gateway, 3);
    connection.awaitAllDelivered();
    // Once before measuring: what the JVM loads on first use stays, whoever used it.
    gateway.uninstallAll();
    awaitNothingLeft();
    int handles = Probe.handles();
    Collection<String> beans = Probe.managementBeans();
    List<String> services = gateway.services();

    gateway.install(packages.all());
    connection.awaitConnected(gateway);
    connection.publish(gateway, 3);
    connection.awaitAllDelivered();
    assertEquals(1, connection.registrations() - registrationsBefore, "found where it was");
    assertFalse(Probe.threadsOfTheAddOn().isEmpty(), "the probe sees the add-on's threads");
    gateway.uninstallAll();

    awaitNothingLeft();
    assertEquals(List.of(), gateway.ours());
    assertEquals(services, gateway.services());
    assertEquals(beans, Probe.managementBeans());
    Gateway.await("no handle is left open", () -> Probe.handles() <= handles);
    assertTrue(
        Files.exists(stateDirectory()), "the data directory stays, as the documentation says");
    gateway.install(packages.all());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRollBackWhenAPackageIsDamaged(boolean truncated) throws Exception {
    gateway.install(packages.all());
    SortedMap<String, String> before = gateway.bundles();
    givenAConnection();
    Path upgrade = packages.allAt(UPGRADE);
    Path damaged = truncated ? packages.truncated(upgrade) : packages.corrupt(upgrade);

    assertThrows(Exception.class, () -> gateway.install(damaged));

    assertEquals(before, gateway.bundles());
    connection.awaitConnected(gateway);
    connection.publish(gateway, 3);
    connection.awaitAllDelivered();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retry-policies azure-iothub azure-dps",
        "retry-policies azure-dps azure-iothub",
        "azure-iothub retry-policies azure-dps",
        "azure-iothub azure-dps retry-policies",
        "azure-dps retry-policies azure-iothub",
        "azure-dps azure-iothub retry-policies"
      })
  void shouldBeActiveInTheEndInAnyOrderOfTheFeatures(String order) throws Exception {
    for (String feature : order.split(" ")) {
      gateway.install(packages.feature(feature));
    }

    Gateway.await(
        "all active: " + gateway.bundles(),
        () ->
            gateway.bundles().size() == 5
                && gateway.bundles().values().stream().allMatch(each -> each.startsWith("ACTIVE")));
  }

  @Test
  void shouldConnectWithoutTheProvisionersFeature() throws Exception {
    gateway.install(packages.feature("retry-policies"));
    gateway.install(packages.feature("azure-iothub"));

    assertAllActive(gateway.bundles());
    assertEquals(4, gateway.bundles().size());
    connectionCreated = true;
    connection.createByConnectionString(gateway, trust);
    connection.awaitConnected(gateway);
    connection.publish(gateway, 3);
    connection.awaitAllDelivered();
  }

  @Test
  void shouldSayInTheLogWhatABundleOfOursLacks() throws Exception {
    gateway.install(packages.feature("azure-dps"));
    Path log = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));
    long logged = Files.size(log);
    gateway.install(packages.onlyTheCheck());

    Gateway.await(
        "the log names the bundle and what it lacks",
        () -> {
          String news = Files.readString(log).substring((int) logged);
          return news.lines()
              .anyMatch(
                  line ->
                      line.contains("ERROR")
                          && line.contains("io.rejoin.azure.dps")
                          && line.contains("it needs the package io.rejoin.provisioning")
                          && line.contains("install the package rejoin-retry-policies"));
        });
  }

  @Test
  void shouldRefuseAllInOneOverSingleFeaturesAndTakeItWhenTheyAreGone() throws Exception {
    gateway.install(packages.feature("retry-policies"));
    SortedMap<String, String> before = gateway.bundles();

    DeploymentException refused =
        assertThrows(DeploymentException.class, () -> gateway.install(packages.all()));

    assertEquals(DeploymentException.CODE_BUNDLE_SHARING_VIOLATION, refused.getCode());
    assertEquals(460, refused.getCode());
    assertEquals(before, gateway.bundles());
    gateway.uninstall("rejoin-retry-policies");
    gateway.install(packages.all());
    assertAllActive(gateway.bundles());
  }

  private long registrationsBefore;

  private void givenAConnection() throws Exception {
    registrationsBefore = connection.registrations();
    connectionCreated = true;
    connection.create(gateway, trust);
    connection.awaitConnected(gateway);
  }

  private interface Change {
    void run() throws Exception;
  }

  /** An application that publishes all the time, also in the seconds of the change. */
  private void whileReadingsArePublished(Change change) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> refused =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!enough.get()) {
                try {
                  count += connection.publish(gateway) ? 0 : 1;
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                LockSupport.parkNanos(5_000_000);
              }
              return count;
            });
    int before = connection.acceptedCount();
    Gateway.await("readings are accepted", () -> connection.acceptedCount() > before + 10);
    change.run();
    connection.awaitConnected(gateway);
    int after = connection.acceptedCount();
    Gateway.await("readings are accepted again", () -> connection.acceptedCount() > after + 10);
    enough.set(true);
    System.out.println("Refused during the change: " + refused.get());
    connection.awaitAllDelivered();
  }

  private void awaitNothingLeft() throws Exception {
    Gateway.await(
        () -> "threads of the add-on: " + Probe.threadsOfTheAddOn(),
        () -> Probe.threadsOfTheAddOn().isEmpty(),
        Gateway.LIMIT.multipliedBy(2));
    assertFalse(gateway.has(CloudEndpoint.class, "(kura.service.pid=*)"));
  }

  private static void assertAllActive(SortedMap<String, String> bundles) {
    assertFalse(bundles.isEmpty());
    assertTrue(
        bundles.values().stream().allMatch(each -> each.startsWith("ACTIVE")), bundles.toString());
  }

  private static Path stateDirectory() {
    return directory.resolve("kura/data/rejoin");
  }

  /** So that the next test's device is one that never registered. */
  private static void deleteState() throws IOException {
    try (Stream<Path> files = Files.walk(stateDirectory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
