/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device's connection string, as the Azure portal shows it: {@code
 * HostName=...;DeviceId=...;SharedAccessKey=...}, or with {@code x509=true} in place of the key.
 *
 * @param host the hub's host name
 * @param deviceId the device's id
 * @param key the device's key, null when the device has a certificate
 */
public record ConnectionString(String host, String deviceId, @Nullable HmacKey key) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with one line that says what is missing or wrong, and never
   *     repeats a key
   */
  public static ConnectionString parse(String text) {
    Map<String, String> fields = fields(text);
    refuse(fields, "sharedaccesskeyname", "it is a service's: copy the device's own from its page");
    refuse(fields, "moduleid", "modules are not supported: copy the device's own");
    refuse(fields, "gatewayhostname", "IoT Edge gateways are not supported");
    refuse(fields, "sharedaccesssignature", "it holds a token: copy the one with the key");
    String host = require(fields, "HostName");
    String deviceId = require(fields, "DeviceId");
    if ("true".equalsIgnoreCase(fields.get("x509"))) {
      return new ConnectionString(host, deviceId, null);
    }
    try {
      return new ConnectionString(
          host, deviceId, HmacKey.ofBase64(require(fields, "SharedAccessKey")));
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : text.strip().split(";", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw problem("a part is not of the form Name=value");
      }
      String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (fields.put(name, part.substring(equals + 1).strip()) != null) {
        throw problem(part.substring(0, equals).strip() + " is there twice");
      }
    }
    return fields;
  }

  private static String require(Map<String, String> fields, String name) {
    String value = fields.get(name.toLowerCase(Locale.ROOT));
    if (value == null || value.isEmpty()) {
      throw problem(name + " is missing");
    }
    return value;
  }

  private static void refuse(Map<String, String> fields, String name, String why) {
    if (fields.containsKey(name)) {
      throw problem(why);
    }
  }

  private static IllegalArgumentException problem(String what) {
    String prefix = "connection string: ";
    return new IllegalArgumentException(what.startsWith(prefix) ? what : prefix + what);
  }
}
