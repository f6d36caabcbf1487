/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What the launcher wants of this gateway, handed over as framework properties.
 *
 * @param deploymentPackage the .dp to install
 * @param script what runs, after which the gateway stops; {@link Script#NONE} for until stopped
 * @param json where the summary is written, empty for nowhere
 * @param trustStore a PKCS12 file with the certificates to trust, empty for Java's own
 * @param connection what the connection is configured with beyond its defaults
 * @param provisioner what the provisioner is configured with, empty when it is not used
 */
record GatewayPlan(
    Path deploymentPackage,
    Script script,
    String json,
    String trustStore,
    Map<String, Object> connection,
    Map<String, Object> provisioner) {

  /** What a gateway can be made to go through. */
  enum Script {
    NONE,
    /** Outages, a changed policy and a move to another hub. */
    TOUR,
    /** Each of the add-on's bundles is stopped and started. */
    RESTARTS
  }

  static final String DP = "rejoin.gateway.dp";
  static final String SCRIPT = "rejoin.gateway.script";
  static final String JSON = "rejoin.gateway.json";
  static final String TRUST_STORE = "rejoin.gateway.trust.store";
  static final String TRUST_PASSWORD = "rejoin.gateway.trust.password";
  static final String CONNECTION_STRING = "rejoin.gateway.connection.string";
  static final String HTTPS_PORT = "rejoin.gateway.https.port";
  static final String DPS_ENDPOINT = "rejoin.gateway.dps.endpoint";
  static final String ID_SCOPE = "rejoin.gateway.id.scope";
  static final String REGISTRATION_ID = "rejoin.gateway.registration.id";
  static final String DEVICE_KEY = "rejoin.gateway.device.key";

  /** Reads what the launcher handed over. */
  static GatewayPlan of(UnaryOperator<String> properties) {
    String connectionString = text(properties, CONNECTION_STRING);
    String name = text(properties, SCRIPT);
    Script script = name.isEmpty() ? Script.NONE : Script.valueOf(name);
    return new GatewayPlan(
        Path.of(text(properties, DP)),
        script,
        text(properties, JSON),
        text(properties, TRUST_STORE),
        connection(properties, connectionString, script),
        connectionString.isEmpty() ? provisioner(properties) : Map.of());
  }

  private static Map<String, Object> connection(
      UnaryOperator<String> properties, String connectionString, Script script) {
    Map<String, Object> connection = new HashMap<>();
    if (connectionString.isEmpty()) {
      connection.put("identity", "PROVISIONER");
    } else {
      connection.put("identity", "CONNECTION_STRING");
      connection.put("connection.string", connectionString);
    }
    String httpsPort = text(properties, HTTPS_PORT);
    if (!httpsPort.isEmpty()) {
      connection.put("hub.https.port", Integer.valueOf(httpsPort));
    }
    if (script != Script.NONE) {
      // What takes hours in the field has to fit into two minutes.
      connection.put("provisioning.slot.min.minutes", 0);
      connection.put("provisioning.slot.max.minutes", 0);
      connection.put("provisioning.failures", 3);
      connection.put("stable.after.seconds", 2);
    }
    return connection;
  }

  private static Map<String, Object> provisioner(UnaryOperator<String> properties) {
    Map<String, Object> provisioner = new HashMap<>();
    provisioner.put("id.scope", text(properties, ID_SCOPE));
    provisioner.put("registration.id", text(properties, REGISTRATION_ID));
    provisioner.put("symmetric.key", text(properties, DEVICE_KEY));
    if (!text(properties, SCRIPT).isEmpty()) {
      // A day's budget: the tour has a year's trouble in two minutes.
      provisioner.put("budget.at.once", 3);
    }
    String endpoint = text(properties, DPS_ENDPOINT);
    if (!endpoint.isEmpty()) {
      provisioner.put("global.endpoint", endpoint);
    }
    return provisioner;
  }

  private static String text(UnaryOperator<String> properties, String name) {
    String value = properties.apply(name);
    return value == null ? "" : value;
  }
}
