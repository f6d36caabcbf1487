/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.dps.DpsCount;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import io.rejoin.azure.emulator.tls.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.message.KuraPayload;

/** A connection as an operator creates it in the console, and what an application does with it. */
final class Connection {

  static final String ENDPOINT = "io.rejoin.azure.iothub.CloudEndpoint-1";
  static final String DEVICE = "gateway-1";

  private static final String KNOWN_DEVICE = "gateway-2";
  private static final String PUBLISHER = "readings";
  private static final String FACTORY =
      "(component.name=io.rejoin.azure.iothub.CloudConnectionFactory)";

  private final AzureEmulator azure;
  private final Set<String> accepted = new ConcurrentSkipListSet<>();
  private long sequence;

  Connection(AzureEmulator azure) {
    this.azure = azure;
  }

  /** "New Connection", the tabs filled in, a publisher added. */
  void create(Gateway gateway, Path trust) throws Exception {
    ConfigurationService configurations = newConnection(gateway, trust);
    Map<String, Object> provisioner = new HashMap<>();
    provisioner.put("SslManagerService.target", target("Ssl"));
    provisioner.put("global.endpoint", "127.0.6.4:" + azure.dps().port());
    provisioner.put("id.scope", azure.dps().idScope());
    provisioner.put("registration.id", DEVICE);
    provisioner.put("symmetric.key", enrol());
    configurations.updateConfiguration("io.rejoin.azure.dps.Provisioner-1", provisioner, true);
    fillIn(configurations, Map.of("identity", "PROVISIONER"));
  }

  /** The same for a device that the hub knows, without a provisioner. */
  void createByConnectionString(Gateway gateway, Path trust) throws Exception {
    azure.hubA().registry().add(KNOWN_DEVICE);
    Password string = new Password(azure.hubA().connectionString(KNOWN_DEVICE).toCharArray());
    fillIn(
        newConnection(gateway, trust),
        Map.of("identity", "CONNECTION_STRING", "connection.string", string));
  }

  private static ConfigurationService newConnection(Gateway gateway, Path trust) throws Exception {
    ConfigurationService configurations = gateway.service(ConfigurationService.class, "");
    configurations.createFactoryConfiguration(
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        "Trust",
        Map.of(
            "keystore.path",
            trust.toString(),
            "keystore.password",
            new Password(Identity.PASSWORD.toCharArray())),
        true);
    configurations.createFactoryConfiguration(
        "org.eclipse.kura.ssl.SslManagerService",
        "Ssl",
        Map.of(
            "KeystoreService.target", target("Trust"),
            "TruststoreKeystoreService.target", target("Trust")),
        true);
    gateway.service(CloudConnectionFactory.class, FACTORY).createConfiguration(ENDPOINT);
    return configurations;
  }

  private void fillIn(ConfigurationService configurations, Map<String, Object> identity)
      throws Exception {
    Map<String, Object> connection = new HashMap<>(identity);
    connection.put("SslManagerService.target", target("Ssl"));
    connection.put("hub.https.port", azure.hubA().httpsPort());
    configurations.updateConfiguration("io.rejoin.azure.iothub.Connection-1", connection, true);
    configurations.createFactoryConfiguration(
        "io.rejoin.azure.iothub.CloudPublisher",
        PUBLISHER,
        Map.of("cloud.endpoint.service.pid", ENDPOINT),
        true);
  }

  /** Enrols the device and gives its key. */
  String enrol() {
    return azure.dps().enrol(DEVICE, azure.hubA()).deviceKey(DEVICE);
  }

  void delete(Gateway gateway) throws Exception {
    ConfigurationService configurations = gateway.service(ConfigurationService.class, "");
    configurations.deleteFactoryConfiguration(PUBLISHER, false);
    gateway.service(CloudConnectionFactory.class, FACTORY).deleteConfiguration(ENDPOINT);
    configurations.deleteFactoryConfiguration("Ssl", false);
    configurations.deleteFactoryConfiguration("Trust", true);
  }

  static List<String> parts(Gateway gateway) throws Exception {
    return gateway.service(CloudConnectionFactory.class, FACTORY).getStackComponentsPids(ENDPOINT);
  }

  void awaitConnected(Gateway gateway) throws Exception {
    Gateway.await(
        "connected",
        () ->
            gateway
                .service(CloudConnectionManager.class, "(kura.service.pid=" + ENDPOINT + ")")
                .isConnected());
  }

  /** Publishes one reading; false when it was refused. */
  boolean publish(Gateway gateway) throws Exception {
    if (!gateway.has(CloudPublisher.class, "(kura.service.pid=" + PUBLISHER + ")")) {
      return false;
    }
    CloudPublisher publisher =
        gateway.service(CloudPublisher.class, "(kura.service.pid=" + PUBLISHER + ")");
    String reading = "reading-" + ++sequence + "-";
    KuraPayload payload = new KuraPayload();
    payload.addMetric("reading", reading);
    try {
      publisher.publish(new KuraMessage(payload));
      return accepted.add(reading);
    } catch (KuraException | RuntimeException e) {
      return false;
    }
  }

  void publish(Gateway gateway, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      if (!publish(gateway)) {
        throw new AssertionError("refused");
      }
    }
  }

  int acceptedCount() {
    return accepted.size();
  }

  /** What was accepted and has not reached the hub. */
  List<String> undelivered() {
    String all =
        azure.hubA().journal().messages().stream()
            .map(ReceivedMessage::text)
            .collect(Collectors.joining("\n"));
    List<String> missing = new ArrayList<>(accepted);
    missing.removeIf(all::contains);
    return missing;
  }

  void awaitAllDelivered() throws Exception {
    Gateway.await(
        () -> "the hub has " + undelivered() + " of " + accepted.size(),
        () -> undelivered().isEmpty(),
        Gateway.LIMIT);
  }

  long registrations() {
    return azure.dps().counted(DpsCount.BILLED);
  }

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }
}
