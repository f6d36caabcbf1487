/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the user asked for by environment variables, checked before anything is started. Each
 * complaint is one line that names the variable and what it accepts, and repeats no secret.
 */
final class Wishes {

  static final String CONNECTION_STRING = "REJOIN_CONNECTION_STRING";
  static final String ID_SCOPE = "REJOIN_ID_SCOPE";
  static final String REGISTRATION_ID = "REJOIN_REGISTRATION_ID";
  static final String DEVICE_KEY = "REJOIN_DEVICE_KEY";

  private Wishes() {}

  /**
   * The framework properties for a real Azure; empty when nothing is asked for, which means the
   * local cloud.
   *
   * @throws IllegalArgumentException with the line to print
   */
  static Map<String, String> read(Map<String, String> environment) {
    Map<String, String> properties = new LinkedHashMap<>();
    String connectionString = environment.getOrDefault(CONNECTION_STRING, "").strip();
    if (!connectionString.isEmpty()) {
      checkConnectionString(connectionString);
      properties.put("rejoin.gateway.connection.string", connectionString);
      return properties;
    }
    String scope = environment.getOrDefault(ID_SCOPE, "").strip();
    String registration = environment.getOrDefault(REGISTRATION_ID, "").strip();
    String key = environment.getOrDefault(DEVICE_KEY, "").strip();
    if (scope.isEmpty() && registration.isEmpty() && key.isEmpty()) {
      return properties;
    }
    require(ID_SCOPE, scope, "the id scope, such as 0ne00012345");
    require(REGISTRATION_ID, registration, "the registration id of the enrolment");
    require(DEVICE_KEY, key, "the enrolment's key, in Base64");
    checkKey(DEVICE_KEY, key);
    properties.put("rejoin.gateway.id.scope", scope);
    properties.put("rejoin.gateway.registration.id", registration);
    properties.put("rejoin.gateway.device.key", key);
    return properties;
  }

  private static void checkConnectionString(String text) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    for (String name : new String[] {"HostName", "DeviceId", "SharedAccessKey"}) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        throw new IllegalArgumentException(
            CONNECTION_STRING
                + " has no "
                + name
                + ": copy the device's from its page in the Azure portal,"
                + " HostName=...;DeviceId=...;SharedAccessKey=...");
      }
    }
    checkKey(CONNECTION_STRING, parts.getOrDefault("SharedAccessKey", ""));
  }

  private static void checkKey(String variable, String key) {
    try {
      Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + ": its key is not Base64; copy it again");
    }
  }

  private static void require(String variable, String value, String accepts) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(variable + " is not set: give " + accepts);
    }
  }
}
