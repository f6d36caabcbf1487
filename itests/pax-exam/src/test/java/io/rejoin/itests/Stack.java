/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;

/**
 * One cloud connection with all its parts. What takes minutes in the field, where thousands of
 * gateways share a hub, is set to a moment here; everything else is as delivered.
 */
final class Stack {

  static final String STORE_FACTORY = "org.eclipse.kura.core.db.H2DbService";
  static final String POLICY_FACTORY = "io.rejoin.retry.ExponentialBackoff";
  static final String PROVISIONER_FACTORY = "io.rejoin.azure.dps.Provisioner";
  static final String CONNECTION_FACTORY = "io.rejoin.azure.iothub.Connection";
  static final String ENDPOINT_FACTORY = "io.rejoin.azure.iothub.CloudEndpoint";
  static final String PUBLISHER_FACTORY = "io.rejoin.azure.iothub.CloudPublisher";
  static final String SUBSCRIBER_FACTORY = "io.rejoin.azure.iothub.CloudSubscriber";

  private final Gateway gateway;
  private final String name;
  private final Map<String, Object> provisioner;
  private final Map<String, Object> connection = new HashMap<>();

  /**
   * @param name of the device, its registration and all components
   */
  Stack(Gateway gateway, String name) {
    this.gateway = gateway;
    this.name = name;
    provisioner = gateway.enrolled(name);
    connection.put("identity", "PROVISIONER");
    connection.put("Provisioner.target", Gateway.target(provisioner()));
    connection.put("RetryPolicy.target", Gateway.target(policy()));
    connection.put("SslManagerService.target", Gateway.sslManagerTarget());
    connection.put("hub.https.port", gateway.azure().hubA().httpsPort());
    connection.put("reference.name", "localhost");
    // A fleet of one needs no spread.
    connection.put("fleet.devices", 1);
    connection.put("provisioning.slot.min.minutes", 0);
    connection.put("provisioning.failures", 2);
    connection.put("stable.after.seconds", 0);
  }

  String name() {
    return name;
  }

  String store() {
    return "Store-" + name;
  }

  String policy() {
    return "Policy-" + name;
  }

  String provisioner() {
    return "Provisioner-" + name;
  }

  String connection() {
    return "Connection-" + name;
  }

  String endpoint() {
    return "Endpoint-" + name;
  }

  String publisher() {
    return "Publisher-" + name;
  }

  String subscriber() {
    return "Subscriber-" + name;
  }

  List<String> pids() {
    return List.of(publisher(), endpoint(), connection(), provisioner(), policy(), store());
  }

  Stack withConnection(Map<String, Object> values) {
    connection.putAll(values);
    return this;
  }

  Stack withProvisioner(Map<String, Object> values) {
    provisioner.putAll(values);
    return this;
  }

  // ---- life

  Stack create() throws Exception {
    createStore();
    return configure();
  }

  void createStore() throws Exception {
    gateway.create(STORE_FACTORY, store(), Map.of("db.connector.url", "jdbc:h2:mem:" + name));
  }

  /** All of the add-on's own configurations, as a snapshot brings them at boot. */
  Stack configure() throws Exception {
    gateway.create(
        POLICY_FACTORY,
        policy(),
        Map.of("firstDelaySeconds", 0.05, "baseSeconds", 0.1, "capSeconds", 0.4));
    gateway.create(PROVISIONER_FACTORY, provisioner(), provisioner);
    gateway.create(CONNECTION_FACTORY, connection(), connection);
    gateway.create(
        ENDPOINT_FACTORY,
        endpoint(),
        Map.of(
            "Connection.target", Gateway.target(connection()),
            "MessageStoreProvider.target", Gateway.target(store()),
            "outbox.origin", name));
    gateway.create(
        PUBLISHER_FACTORY, publisher(), Map.of("cloud.endpoint.service.pid", endpoint()));
    return this;
  }

  void delete() throws Exception {
    for (String pid : pids()) {
      gateway.delete(pid);
    }
    Await.until("the endpoint's end", () -> !gateway.has(CloudConnectionManager.class, endpoint()));
  }

  // ---- work

  CloudPublisher publisherService() throws Exception {
    return gateway.service(CloudPublisher.class, publisher());
  }

  boolean isConnected() {
    CloudConnectionManager manager = manager();
    return manager != null && manager.isConnected();
  }

  private CloudConnectionManager manager() {
    var reference = gateway.reference(CloudConnectionManager.class, endpoint());
    return reference == null ? null : gateway.context().getService(reference);
  }

  Stack awaitConnected() throws Exception {
    Await.until(() -> name + " connected; " + info(), this::isConnected);
    return this;
  }

  void awaitConnectedTo(HubEmulator hub) throws Exception {
    Await.until(
        () -> name + " at " + hub.hostName() + "; " + info(),
        () -> isConnected() && hub.isConnected(name));
  }

  /** What the status page shows. */
  Map<String, String> info() {
    var reference = gateway.reference(CloudEndpoint.class, endpoint());
    CloudEndpoint found = reference == null ? null : gateway.context().getService(reference);
    return found == null ? Map.of() : found.getInfo();
  }

  String info(String entry) {
    return info().getOrDefault(entry, "");
  }

  /** Publishes as soon as somebody accepts it, and tells the message's id. */
  String publish(String text) throws Exception {
    Accepted accepted = new Accepted();
    Await.until(() -> "accepted: " + text + "; " + info(), () -> accepted.by(text));
    return accepted.id;
  }

  private final class Accepted {
    private String id = "";

    boolean by(String text) {
      try {
        var reference = gateway.reference(CloudPublisher.class, publisher());
        CloudPublisher found = reference == null ? null : gateway.context().getService(reference);
        if (found == null) {
          return false;
        }
        id = found.publish(message(text));
        return true;
      } catch (KuraException e) {
        return false;
      }
    }
  }

  static KuraMessage message(String text) {
    KuraPayload payload = new KuraPayload();
    payload.setBody(text.getBytes(StandardCharsets.UTF_8));
    return new KuraMessage(payload);
  }

  Set<String> received(HubEmulator hub) {
    return hub.journal().of(name).stream()
        .map(ReceivedMessage::messageId)
        .collect(Collectors.toSet());
  }

  void awaitReceived(HubEmulator hub, Set<String> ids) throws Exception {
    Await.until(() -> missing(hub, ids), () -> received(hub).containsAll(ids));
  }

  private String missing(HubEmulator hub, Set<String> ids) {
    Set<String> missing = new HashSet<>(ids);
    missing.removeAll(received(hub));
    return missing.size() + " of " + ids.size() + " messages at " + hub.hostName() + "; " + info();
  }

  /** Where the provisioner remembers what it knows. */
  Path provisionerFile() {
    return gateway.dataDirectory().resolve("rejoin").resolve(provisioner() + ".dps.json");
  }
}
