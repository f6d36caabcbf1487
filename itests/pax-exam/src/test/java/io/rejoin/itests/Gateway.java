/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.dps.Enrolment;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static final String POLICIES = "retry-policies";
  static final String DPS = "azure-dps";
  static final String IOT_HUB = "azure-iothub";

  /** The add-on's bundles, but for the SPI's, which is there from the start. */
  static final List<String> BUNDLES = List.of(POLICIES, DPS, IOT_HUB);

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

  /** Installs and starts one of the add-on's bundles, unless it runs. */
  Bundle start(String artifact) throws BundleException {
    Bundle bundle = context.installBundle("reference:" + KuraPlatform.jar(artifact).toUri());
    bundle.start();
    return bundle;
  }

  void startAll() throws BundleException {
    for (String artifact : BUNDLES) {
      start(artifact);
    }
  }

  Bundle bundle(String artifact) throws BundleException {
    return context.installBundle("reference:" + KuraPlatform.jar(artifact).toUri());
  }

  void uninstall(String artifact) throws Exception {
    bundle(artifact).uninstall();
    Settled settled = new Settled();
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(null, settled);
    Await.until("refreshed after " + artifact + " went", () -> settled.done);
  }

  /** As Kura's deployment agent does: new content, the same bundle. */
  void update(String artifact) throws Exception {
    try (InputStream content = Files.newInputStream(KuraPlatform.jar(artifact))) {
      bundle(artifact).update(content);
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
    values.put("global.endpoint", "127.0.4.4:" + azure.dps().port());
    values.put("SslManagerService.target", sslManagerTarget());
    return values;
  }
}
