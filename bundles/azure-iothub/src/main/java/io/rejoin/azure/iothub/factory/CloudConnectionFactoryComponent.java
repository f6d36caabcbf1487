/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.factory;

import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.system.SystemService;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection of its parts, each one concern and one tab in the console: endpoint,
 * connection, retry policy, provisioner where its bundle is installed, and a message store of its
 * own on a file. They find each other by the {@code .target} properties written here.
 */
@Component(
    name = CloudConnectionFactoryComponent.PID,
    immediate = true,
    property = {
      "kura.ui.csf.pid.default=" + Suffix.PID_DEFAULT,
      "kura.ui.csf.pid.regex=" + Suffix.PID_REGEX
    })
public final class CloudConnectionFactoryComponent implements CloudConnectionFactory {
  static final String PID = "io.rejoin.azure.iothub.CloudConnectionFactory";

  static final String CONNECTION = "io.rejoin.azure.iothub.Connection";
  static final String POLICY = "io.rejoin.retry.ExponentialBackoff";
  static final String PROVISIONER = "io.rejoin.azure.dps.Provisioner";
  static final String STORE = "io.rejoin.azure.iothub.MessageStore";
  static final String STORE_FACTORY = "org.eclipse.kura.core.db.H2DbService";

  private static final int IN_THE_ROW = 4096;
  private static final Logger logger =
      LoggerFactory.getLogger(CloudConnectionFactoryComponent.class);

  private final ConfigurationService service;
  private final SystemService system;
  private final Configurations configurations;

  @Activate
  public CloudConnectionFactoryComponent(
      @Reference ConfigurationService service,
      @Reference ConfigurationAdmin admin,
      @Reference SystemService system) {
    this.service = service;
    this.system = system;
    this.configurations = new Configurations(admin);
  }

  /** One component of a connection: what it is made of and what it is called. */
  private record Part(String factoryPid, String pid, Map<String, Object> properties) {}

  @Override
  public String getFactoryPid() {
    return IotHubEndpoint.PID;
  }

  /**
   * Creates a connection. What a creation that failed earlier left behind is taken over; what this
   * one has created is removed again if it fails.
   */
  @Override
  public void createConfiguration(String pid) throws KuraException {
    Suffix suffix = Suffix.of(pid);
    if (configurations.exists(pid)) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, pid + " exists already");
    }
    List<String> created = new ArrayList<>();
    try {
      for (Part part : parts(suffix)) {
        if (create(part)) {
          created.add(part.pid());
        }
      }
      service.snapshot();
    } catch (KuraException | RuntimeException e) {
      logger.warn("{} cannot be created: {}", pid, e.getMessage());
      created.forEach(this::rollBack);
      throw e;
    }
  }

  /** Lowest first, so that the connection shows up in the console only when it is complete. */
  private List<Part> parts(Suffix suffix) {
    List<Part> parts = new ArrayList<>();
    Map<String, Object> connection = new HashMap<>();
    Map<String, Object> endpoint = new HashMap<>();
    Set<String> installed = service.getFactoryComponentPids();
    if (installed.contains(STORE_FACTORY)) {
      parts.add(
          new Part(
              STORE_FACTORY,
              suffix.on(STORE),
              Map.of("db.connector.url", url(suffix), "db.defrag.interval.minutes", 0)));
      endpoint.put("MessageStoreProvider.target", target(suffix.on(STORE)));
    }
    if (installed.contains(POLICY)) {
      parts.add(new Part(POLICY, suffix.on(POLICY), Map.of()));
      connection.put("RetryPolicy.target", target(suffix.on(POLICY)));
    }
    if (installed.contains(PROVISIONER)) {
      parts.add(new Part(PROVISIONER, suffix.on(PROVISIONER), Map.of()));
      connection.put("Provisioner.target", target(suffix.on(PROVISIONER)));
    }
    parts.add(new Part(CONNECTION, suffix.on(CONNECTION), connection));
    endpoint.put("Connection.target", target(suffix.on(CONNECTION)));
    endpoint.put("outbox.origin", UUID.randomUUID().toString());
    endpoint.put(KURA_CLOUD_CONNECTION_FACTORY_PID, PID);
    parts.add(new Part(IotHubEndpoint.PID, suffix.on(IotHubEndpoint.PID), endpoint));
    return parts;
  }

  /**
   * H2 on a file that writes each commit before it returns, so that a message whose {@code publish}
   * returned survives the end of the process. Bodies up to {@value #IN_THE_ROW} bytes lie in their
   * row: Kura's store keeps those from 200 bytes on as BLOB, which H2 puts into maps of their own
   * from 256 bytes on, and each of its commits then writes these too.
   */
  private String url(Suffix suffix) {
    Path file = Path.of(system.getKuraDataDirectory(), "rejoin", "messages-" + suffix.value());
    return "jdbc:h2:file:"
        + file.toAbsolutePath()
        + ";WRITE_DELAY=0;MAX_LENGTH_INPLACE_LOB="
        + IN_THE_ROW;
  }

  private static String target(String pid) {
    return "(" + ConfigurationService.KURA_SERVICE_PID + "=" + pid + ")";
  }

  /** Returns whether it is new; one that is left over is wired and kept. */
  private boolean create(Part part) throws KuraException {
    Configuration leftOver = configurations.find(part.pid());
    if (leftOver == null) {
      service.createFactoryConfiguration(part.factoryPid(), part.pid(), part.properties(), false);
      return true;
    }
    if (!part.factoryPid().equals(leftOver.getFactoryPid())) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          part.pid() + " exists already and is a " + leftOver.getFactoryPid());
    }
    logger.info("{} is left over from before and is taken over", part.pid());
    if (!part.properties().isEmpty()) {
      service.updateConfiguration(part.pid(), part.properties(), false);
    }
    return false;
  }

  private void rollBack(String pid) {
    try {
      delete(pid);
    } catch (KuraException e) {
      logger.warn("{} stays behind: {}", pid, e.getMessage());
    }
  }

  /** The tabs: this connection's parts, or what took their place, as far as they are configured. */
  @Override
  public List<String> getStackComponentsPids(String pid) throws KuraException {
    Suffix suffix = Suffix.of(pid);
    Set<String> pids = new LinkedHashSet<>();
    pids.add(pid);
    String connection = inUse(pid, "Connection", suffix.on(CONNECTION));
    pids.add(connection);
    pids.add(inUse(connection, "RetryPolicy", suffix.on(POLICY)));
    pids.add(inUse(connection, "Provisioner", suffix.on(PROVISIONER)));
    pids.add(inUse(pid, "MessageStoreProvider", suffix.on(STORE)));
    List<String> configured = new ArrayList<>();
    for (String part : pids) {
      if (configurations.exists(part)) {
        configured.add(part);
      }
    }
    return configured;
  }

  private String inUse(String pid, String reference, String own) throws KuraException {
    String target = configurations.target(pid, reference);
    return target != null && configurations.exists(target) ? target : own;
  }

  /**
   * Deletes what has this connection's suffix, except what another connection uses.
   *
   * @throws KuraException if a part cannot be deleted; the others are
   */
  @Override
  public void deleteConfiguration(String pid) throws KuraException {
    Suffix suffix = Suffix.of(pid);
    List<String> own =
        List.of(
            pid,
            suffix.on(CONNECTION),
            suffix.on(PROVISIONER),
            suffix.on(POLICY),
            suffix.on(STORE));
    KuraException failure = null;
    for (String part : own) {
      try {
        deleteUnlessUsed(part, own);
      } catch (KuraException e) {
        logger.warn("{} cannot be deleted: {}", part, e.getMessage());
        failure = failure == null ? e : failure;
      }
    }
    service.snapshot();
    if (failure != null) {
      throw failure;
    }
  }

  private void deleteUnlessUsed(String part, List<String> own) throws KuraException {
    List<String> users = configurations.usersOf(part, own);
    if (users.isEmpty()) {
      delete(part);
    } else {
      logger.info("{} stays: {} use it", part, users);
    }
  }

  /** Also deletes what Kura's service does not know, because its component never came up. */
  private void delete(String pid) throws KuraException {
    if (configurations.exists(pid)) {
      try {
        service.deleteFactoryConfiguration(pid, false);
      } catch (KuraException e) {
        logger.debug("{} is not known to Kura: {}", pid, e.getMessage());
      }
    }
    Configuration unknown = configurations.find(pid);
    if (unknown != null) {
      deleteUnknown(unknown);
    }
  }

  private static void deleteUnknown(Configuration configuration) throws KuraException {
    try {
      configuration.delete();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_UPDATE, e, "cannot be deleted");
    }
  }

  @Override
  public Set<String> getManagedCloudConnectionPids() throws KuraException {
    return new TreeSet<>(configurations.instances(IotHubEndpoint.PID));
  }
}
