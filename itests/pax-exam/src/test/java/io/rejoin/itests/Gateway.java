/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.dps.Enrolment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The gateway as its technician sees it: bundles, configurations, services. Configurations go
 * through Kura's ConfigurationService, as those of its console do.
 */
final class Gateway {

  private static final String TRUST = "Trust";
  private static final String SSL = "Ssl";
  private static final String KURA_PID = "kura.service.pid";

  private final BundleContext context;
  private final ConfigurationService configurations;
  private final AzureEmulator azure;

  Gateway(BundleContext context, ConfigurationService configurations) throws Exception {
    this.context = context;
    this.configurations = configurations;
    this.azure = LocalAzure.get();
    if (!configurations.getConfigurableComponentPids().contains(TRUST)) {
      trustTheLocalAzure();
    }
  }

  private void trustTheLocalAzure() throws Exception {
    Path store = LocalAzure.trustStore(Path.of(context.getProperty("kura.home")));
    create(
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        TRUST,
        Map.of(
            "keystore.path",
            store.toString(),
            "keystore.password",
            new Password(LocalAzure.PASSWORD.toCharArray())));
    create(
        "org.eclipse.kura.ssl.SslManagerService",
        SSL,
        Map.of(
            "KeystoreService.target", target(TRUST),
            "TruststoreKeystoreService.target", target(TRUST)));
  }

  AzureEmulator azure() {
    return azure;
  }

  BundleContext context() {
    return context;
  }

  ConfigurationService configurations() {
    return configurations;
  }

  Path dataDirectory() {
    return Path.of(context.getProperty("kura.home"), "data");
  }

  // ---- bundles

  /** Installs and starts what a feature adds, unless it runs. */
  void start(String feature) throws BundleException {
    for (Bundle bundle : bundles(feature)) {
      bundle.start();
    }
  }

  void startAll() throws BundleException {
    for (String feature : Features.ALL) {
      start(feature);
    }
  }

  /** What a feature adds, installed now if it was not. */
  List<Bundle> bundles(String feature) throws BundleException {
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : Features.bundles(feature)) {
      bundles.add(context.installBundle("reference:" + jar.toUri()));
    }
    return bundles;
  }

  /** The one bundle that a feature adds. */
  Bundle onlyBundle(String feature) throws BundleException {
    List<Bundle> bundles = bundles(feature);
    assertEquals(feature + " has one bundle", 1, bundles.size());
    return bundles.get(0);
  }

  void uninstall(String feature) throws Exception {
    for (Bundle bundle : bundles(feature)) {
      bundle.uninstall();
    }
    Settled settled = new Settled();
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(null, settled);
    Await.until("refreshed after " + feature + " went", () -> settled.done);
  }

  /** As Kura's deployment agent does: new content, the same bundles. */
  void update(String feature) throws Exception {
    for (Path jar : Features.bundles(feature)) {
      try (InputStream content = Files.newInputStream(jar)) {
        context.installBundle("reference:" + jar.toUri()).update(content);
      }
    }
  }

  private static final class Settled implements org.osgi.framework.FrameworkListener {
    private volatile boolean done;

    @Override
    public void frameworkEvent(FrameworkEvent event) {
      done = true;
    }
  }

  // ---- configurations

  void create(String factoryPid, String pid, Map<String, Object> values) throws Exception {
    configurations.createFactoryConfiguration(factoryPid, pid, values, false);
  }

  void update(String pid, Map<String, Object> values) throws Exception {
    configurations.updateConfiguration(pid, values, false);
  }

  void delete(String pid) throws Exception {
    configurations.deleteFactoryConfiguration(pid, false);
  }

  static String target(String pid) {
    return "(" + KURA_PID + "=" + pid + ")";
  }

  static String sslManagerTarget() {
    return target(SSL);
  }

  // ---- services

  /** Waits for a service and uses it as long as the tests run. */
  <S> S service(Class<S> type, String pid) throws Exception {
    Await.until(type.getSimpleName() + " " + pid, () -> reference(type, pid) != null);
    return context.getService(reference(type, pid));
  }

  boolean has(Class<?> type, String pid) {
    return reference(type, pid) != null;
  }

  <S> ServiceReference<S> reference(Class<S> type, String pid) {
    try {
      Collection<ServiceReference<S>> found = context.getServiceReferences(type, target(pid));
      return found.isEmpty() ? null : found.iterator().next();
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(pid, e);
    }
  }

  // ---- what a provisioner is configured with

  /** A device that is enrolled with the local DPS, at hub A. */
  Map<String, Object> enrolled(String registrationId) {
    Enrolment enrolment =
        azure.dps().enrolments().stream()
            .filter(present -> present.name().equals(registrationId))
            .findFirst()
            .orElseGet(() -> azure.dps().enrol(registrationId, azure.hubA()));
    String key = enrolment.deviceKey(registrationId);
    Map<String, Object> values = new HashMap<>();
    values.put("id.scope", azure.dps().idScope());
    values.put("registration.id", registrationId);
    values.put("symmetric.key", new Password(key.toCharArray()));
    values.put("global.endpoint", LocalAzure.DPS + ":" + azure.dps().port());
    values.put("SslManagerService.target", sslManagerTarget());
    return values;
  }
}
