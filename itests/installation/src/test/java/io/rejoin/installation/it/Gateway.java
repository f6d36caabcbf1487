/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A gateway: Equinox with the bundles of a Kura, the testbed in Kura's place, and the
 * DeploymentAdmin that Kura runs. Types of Kura and of DeploymentAdmin come from the class path, so
 * that a test can call the services.
 */
final class Gateway implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Path PLATFORM = Path.of(System.getProperty("platform.dir"));
  private static final String OURS = "io.rejoin.";
  private static final String TESTBED = "io.rejoin.testbed";

  private final Framework framework;

  private Gateway(Framework framework) {
    this.framework = framework;
  }

  /**
   * Boots.
   *
   * @param home the gateway's files, which survive
   * @param storage the framework's files: an empty directory, as on Kura at each boot
   */
  static Gateway boot(Path home, Path storage) throws BundleException, IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, sharedPackages());
    settings.put("kura.home", home.toString());
    settings.put("rejoin.installation.check.ms", "500");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(settings);
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    try (Stream<Path> jars = Files.list(PLATFORM)) {
      for (Path jar : jars.sorted().toList()) {
        bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
      }
    }
    bundles.sort(Comparator.comparing(Gateway::isNotLogging));
    for (Bundle bundle : bundles) {
      // Not a fragment, nor H2, whose activator would find this class path's JDBC service classes.
      String name = bundle.getSymbolicName();
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null && !name.contains("h2")) {
        bundle.start();
      }
    }
    return new Gateway(framework);
  }

  /** With slf4j 2 the backend has to be there before the first word is logged. */
  private static boolean isNotLogging(Bundle bundle) {
    return !bundle.getSymbolicName().matches(".*(spifly|slf4j).*");
  }

  private static String sharedPackages() throws IOException {
    Path api = Path.of(Probe.locationOf(org.eclipse.kura.KuraException.class));
    try (JarFile jar = new JarFile(api.toFile())) {
      return jar.getManifest()
              .getMainAttributes()
              .getValue(Constants.EXPORT_PACKAGE)
              .replaceAll(";uses:=\"[^\"]*\"", "")
          // Kura's events extend a class of this one, so it must not be wired to a bundle's.
          + ",org.osgi.service.event;version=\"1.4.1\""
          + ",org.osgi.service.deploymentadmin;version=\"1.0.0\""
          + ",org.osgi.service.deploymentadmin.spi;version=\"1.0.0\"";
    }
  }

  void install(Path deploymentPackage)
      throws IOException, DeploymentException, InterruptedException {
    try (InputStream stream = Files.newInputStream(deploymentPackage)) {
      service(DeploymentAdmin.class, "").installDeploymentPackage(stream);
    }
  }

  void uninstall(String name) throws DeploymentException, InterruptedException {
    service(DeploymentAdmin.class, "").getDeploymentPackage(name).uninstall();
  }

  void uninstallAll() throws DeploymentException, InterruptedException {
    for (DeploymentPackage each : service(DeploymentAdmin.class, "").listDeploymentPackages()) {
      if (each.getName().startsWith("rejoin")) {
        each.uninstall();
      }
    }
  }

  /** The add-on's bundles with their states and versions. */
  SortedMap<String, String> bundles() {
    SortedMap<String, String> bundles = new TreeMap<>();
    for (Bundle bundle : ours()) {
      String state = bundle.getState() == Bundle.ACTIVE ? "ACTIVE" : "state " + bundle.getState();
      bundles.put(bundle.getSymbolicName(), state + " " + bundle.getVersion());
    }
    return bundles;
  }

  List<Bundle> ours() {
    return Arrays.stream(framework.getBundleContext().getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith(OURS))
        .filter(bundle -> !bundle.getSymbolicName().contains(TESTBED))
        .filter(bundle -> !bundle.getSymbolicName().contains("kura"))
        .toList();
  }

  /** Every service that is registered, as text. */
  List<String> services() throws InvalidSyntaxException {
    ServiceReference<?>[] all = framework.getBundleContext().getAllServiceReferences(null, null);
    return Arrays.stream(all)
        .map(
            each ->
                each.getBundle().getSymbolicName()
                    + " "
                    + Arrays.toString((Object[]) each.getProperty(Constants.OBJECTCLASS))
                    + " "
                    + each.getProperty("kura.service.pid"))
        .sorted()
        .toList();
  }

  /** Waits for a service and gives it back; it stays usable as long as it is registered. */
  <T> T service(Class<T> type, String filter) throws InterruptedException {
    BundleContext context = framework.getBundleContext();
    try {
      ServiceTracker<T, T> tracker =
          new ServiceTracker<>(
              context,
              context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
              null);
      tracker.open();
      try {
        T service = tracker.waitForService(LIMIT.toMillis());
        if (service == null) {
          throw new AssertionError("no service " + type.getName() + " " + filter);
        }
        return service;
      } finally {
        tracker.close();
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }

  boolean has(Class<?> type, String filter) throws InvalidSyntaxException {
    return framework.getBundleContext().getAllServiceReferences(type.getName(), filter) != null;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Waits until something holds. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    await(() -> what, condition, LIMIT);
  }

  static void await(
      java.util.function.Supplier<String> what, Callable<Boolean> condition, Duration limit)
      throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true: " + what.get());
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(LIMIT.toMillis());
  }
}
