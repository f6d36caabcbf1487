/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A gateway for tests: Equinox with the bundles that Kura 5.6.0 runs on, in this JVM. Kura's types
 * and the testbed's own API come from the class path, so that a test can call services; the bundle
 * kura-api is not installed then.
 */
final class Gateway implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path RUNTIME = Path.of(System.getProperty("runtime.dir"));
  private static final Path TESTBED = Path.of(System.getProperty("testbed.jar"));
  private static final Path KURA_API = RUNTIME.resolve("kura-api.jar");

  /** A fragment, and H2, whose activator would find the JDBC service classes of this class path. */
  private static final List<String> LIBRARIES = List.of("slf4j-simple", "h2");

  private static final List<String> PLATFORM =
      List.of(
          "slf4j-api",
          "org.eclipse.osgi.util",
          "org.eclipse.osgi.services",
          "org.eclipse.equinox.cm",
          "org.eclipse.equinox.metatype",
          "org.eclipse.equinox.event",
          "org.apache.felix.scr");

  private final Framework framework;
  private final Map<String, ServiceTracker<Object, Object>> trackers = new HashMap<>();

  private Gateway(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the framework and the platform, but not the testbed.
   *
   * @param home the gateway's files
   * @param storage the framework's files: empty, as on Kura after each boot
   */
  static Gateway boot(Path home, Path storage) throws BundleException {
    return start(home, storage, sharedPackages());
  }

  /**
   * Like {@link #boot}, but with the bundle kura-api, which then is the only one with its types.
   */
  static Gateway bootWithKuraApi(Path home, Path storage) throws BundleException {
    Gateway gateway = start(home, storage, "");
    gateway.install(KURA_API);
    return gateway;
  }

  private static Gateway start(Path home, Path storage, String packages) throws BundleException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
    settings.put("kura.home", home.toString());
    settings.put("ds.lock.timeout.milliseconds", "60000");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(settings);
    framework.start();
    Gateway gateway = new Gateway(framework);
    gateway.installPlatform();
    return gateway;
  }

  void startTestbed() throws BundleException {
    install(TESTBED).start();
  }

  Bundle install(Path jar) throws BundleException {
    return framework.getBundleContext().installBundle("reference:" + jar.toUri());
  }

  /** Registers a service of the test. */
  <T> void register(Class<T> type, T service) {
    framework.getBundleContext().registerService(type, service, null);
  }

  /** Waits for a service. It stays in use until the gateway is closed. */
  <T> T service(Class<T> type) throws InterruptedException {
    return service(type, "(objectClass=*)");
  }

  <T> T service(Class<T> type, String filter) throws InterruptedException {
    Object service = tracker(type.getName(), filter).waitForService(LIMIT.toMillis());
    if (service == null) {
      throw new AssertionError("no service " + type.getName() + " " + filter);
    }
    return type.cast(service);
  }

  /** The service if it is there now. */
  <T> Optional<T> present(Class<T> type, String filter) {
    return Optional.ofNullable(type.cast(tracker(type.getName(), filter).getService()));
  }

  /** Whether there is a service of that name, of whatever class loader. */
  boolean has(String type) throws InvalidSyntaxException {
    return framework.getBundleContext().getAllServiceReferences(type, null) != null;
  }

  /** Waits until something holds. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (!condition.call()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("never came true: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    trackers.values().forEach(ServiceTracker::close);
    framework.stop();
    framework.waitForStop(LIMIT.toMillis());
  }

  private ServiceTracker<Object, Object> tracker(String type, String filter) {
    return trackers.computeIfAbsent(type + filter, key -> open(type, filter));
  }

  private ServiceTracker<Object, Object> open(String type, String filter) {
    try {
      Filter both =
          framework
              .getBundleContext()
              .createFilter("(&(" + Constants.OBJECTCLASS + "=" + type + ")" + filter + ")");
      ServiceTracker<Object, Object> tracker =
          new ServiceTracker<>(framework.getBundleContext(), both, null);
      tracker.open();
      return tracker;
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void installPlatform() throws BundleException {
    for (String name : LIBRARIES) {
      install(RUNTIME.resolve(name + ".jar"));
    }
    List<Bundle> bundles = new ArrayList<>();
    for (String name : PLATFORM) {
      bundles.add(install(RUNTIME.resolve(name + ".jar")));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
    }
  }

  private static String sharedPackages() {
    try (JarFile api = new JarFile(KURA_API.toFile());
        JarFile testbed = new JarFile(TESTBED.toFile())) {
      return Stream.of(api, testbed)
          .map(Gateway::exports)
          .collect(Collectors.joining(",", "", ",org.osgi.service.event;version=\"1.4.0\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without uses directives: the packages of one class loader are consistent. */
  private static String exports(JarFile jar) {
    try {
      return jar.getManifest()
          .getMainAttributes()
          .getValue(Constants.EXPORT_PACKAGE)
          .replaceAll(";uses:=\"[^\"]*\"", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new, empty directory. */
  static Path emptyDirectory(Path parent, String name) {
    try {
      return Files.createTempDirectory(parent, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
