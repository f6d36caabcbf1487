/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What a technician does in Kura's console: installs the package, creates a connection, fills it
 * in.
 */
final class GatewayStack {

  static final String ENDPOINT = "io.rejoin.azure.iothub.CloudEndpoint-1";
  static final String PUBLISHER = "readings";

  private static final String CONNECTION_FACTORY =
      "(component.name=io.rejoin.azure.iothub.CloudConnectionFactory)";
  private static final String ENDPOINT_FACTORY = "io.rejoin.azure.iothub.CloudEndpoint";
  private static final String PUBLISHER_FACTORY = "io.rejoin.azure.iothub.CloudPublisher";
  private static final String KEYSTORE_FACTORY =
      "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String TRUST = "GatewayTrust";
  private static final String SSL_FACTORY = "org.eclipse.kura.ssl.SslManagerService";
  private static final String SSL = "GatewaySsl";
  private static final long SERVICE_LIMIT_MS = 30_000;

  private final BundleContext context;
  private final ConfigurationService configurations;
  private final DeploymentAdmin deploymentAdmin;

  GatewayStack(
      BundleContext context, ConfigurationService configurations, DeploymentAdmin deploymentAdmin) {
    this.context = context;
    this.configurations = configurations;
    this.deploymentAdmin = deploymentAdmin;
  }

  void install(Path deploymentPackage) throws IOException, DeploymentException {
    try (InputStream stream = Files.newInputStream(deploymentPackage)) {
      deploymentAdmin.installDeploymentPackage(stream);
    }
  }

  /** Trust for the local cloud, as a Kura keystore and SSL manager. */
  void trust(String store, String password) throws KuraException {
    if (store.isEmpty()) {
      return;
    }
    create(
        KEYSTORE_FACTORY,
        TRUST,
        Map.of("keystore.path", store, "keystore.password", new Password(password.toCharArray())));
    create(
        SSL_FACTORY,
        SSL,
        Map.of(
            "KeystoreService.target", target(TRUST),
            "TruststoreKeystoreService.target", target(TRUST)));
  }

  /** "New Connection", and the forms of its tabs. */
  void createConnection(GatewayPlan plan) throws KuraException, InterruptedException {
    CloudConnectionFactory factory = service(CloudConnectionFactory.class, CONNECTION_FACTORY);
    if (!factory.getManagedCloudConnectionPids().contains(ENDPOINT)) {
      factory.createConfiguration(ENDPOINT);
    }
    Map<String, Object> connection = new HashMap<>(plan.connection());
    Map<String, Object> provisioner = new HashMap<>(plan.provisioner());
    if (!plan.trustStore().isEmpty()) {
      connection.put("SslManagerService.target", target(SSL));
      provisioner.put("SslManagerService.target", target(SSL));
    }
    if (!plan.provisioner().isEmpty()) {
      configurations.updateConfiguration(
          component(factory, "io.rejoin.azure.dps."), provisioner, true);
    }
    configurations.updateConfiguration(
        component(factory, "io.rejoin.azure.iothub.Connection"), connection, true);
    create(PUBLISHER_FACTORY, PUBLISHER, Map.of("cloud.endpoint.service.pid", ENDPOINT));
  }

  String policyPid() throws KuraException, InterruptedException {
    CloudConnectionFactory factory = service(CloudConnectionFactory.class, CONNECTION_FACTORY);
    return component(factory, "io.rejoin.retry.");
  }

  void update(String pid, Map<String, Object> values) throws KuraException {
    configurations.updateConfiguration(pid, values, true);
  }

  private static String component(CloudConnectionFactory factory, String part)
      throws KuraException {
    return factory.getStackComponentsPids(ENDPOINT).stream()
        .filter(pid -> pid.contains(part) && !pid.startsWith(ENDPOINT_FACTORY))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the connection has no component like " + part));
  }

  private void create(String factoryPid, String pid, Map<String, Object> values)
      throws KuraException {
    for (ComponentConfiguration existing : configurations.getComponentConfigurations()) {
      if (pid.equals(existing.getPid())) {
        configurations.updateConfiguration(pid, values, true);
        return;
      }
    }
    configurations.createFactoryConfiguration(factoryPid, pid, values, true);
  }

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }

  private <S> S service(Class<S> type, String filter) throws InterruptedException {
    try {
      ServiceTracker<S, S> tracker =
          new ServiceTracker<>(
              context,
              FrameworkUtil.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
              null);
      tracker.open();
      try {
        S service = tracker.waitForService(SERVICE_LIMIT_MS);
        if (service == null) {
          throw new IllegalStateException("no " + type.getSimpleName() + " " + filter);
        }
        return service;
      } finally {
        tracker.close();
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }
}
