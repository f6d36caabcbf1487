/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rejoin.azure.dps.https.Endpoint;
import io.rejoin.azure.dps.https.Proxy;
import io.rejoin.azure.dps.identity.HmacKey;
import io.rejoin.azure.dps.identity.SymmetricKey;
import io.rejoin.azure.dps.protocol.DpsLimits;
import io.rejoin.azure.dps.protocol.Registration;
import io.rejoin.azure.dps.state.BudgetLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a component's properties into settings. Nothing on the way here validates them: Kura checks
 * limits only in its console's pages, and values from a snapshot or from Kapua arrive as they are.
 */
final class SettingsReader {

  static final String DEFAULT_ENDPOINT = "global.azure-devices-provisioning.net";
  static final String SYMMETRIC_KEY = "symmetric-key";
  static final String X509 = "x509";

  private static final int HTTPS_PORT = 443;
  private static final int USUAL_PROXY_PORT = 8080;

  /** As DPS defines them; the last character is a letter, a digit or a dash. */
  static final String REGISTRATION_ID = "[A-Za-z0-9._:-]{0,127}[A-Za-z0-9-]";

  static final String REGISTRATION_ID_FORM =
      "must have 1 to 128 letters, digits and - . _ : with a letter, digit or - at the end";

  private static final String ID_SCOPE = "[A-Za-z0-9-]{1,64}";
  private static final String MODEL_ID =
      "dtmi:[A-Za-z](?:\\w*[A-Za-z0-9])?(?::[A-Za-z](?:\\w*[A-Za-z0-9])?)*;[1-9]\\d{0,8}";

  private final Map<String, ?> properties;
  private final UnaryOperator<String> decrypt;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Map<String, ?> properties, UnaryOperator<String> decrypt) {
    this.properties = properties;
    this.decrypt = decrypt;
  }

  /**
   * What came of reading.
   *
   * @param settings empty when there is a problem
   * @param problem each bad setting and what it accepts, in one line; empty when all is well
   */
  record Reading(Optional<Settings> settings, String problem) {}

  /**
   * @param decrypt gives the clear text of a password, which arrives plain or encrypted
   */
  static Reading read(Map<String, ?> properties, UnaryOperator<String> decrypt) {
    SettingsReader reader = new SettingsReader(properties, decrypt);
    Settings settings = reader.settings();
    return reader.problems.isEmpty() && settings != null
        ? new Reading(Optional.of(settings), "")
        : new Reading(Optional.empty(), String.join("; ", reader.problems));
  }

  private @Nullable Settings settings() {
    String idScope =
        matching("id.scope", ID_SCOPE, "must be the text on the service's overview page");
    String registrationId = matching("registration.id", REGISTRATION_ID, REGISTRATION_ID_FORM);
    Endpoint endpoint = endpoint("global.endpoint", DEFAULT_ENDPOINT, HTTPS_PORT);
    boolean x509 = x509();
    SymmetricKey key = x509 ? null : key();
    String alias = x509 ? required("keystore.alias") : "";
    JsonObject payload = payload();
    BudgetLimits budget =
        new BudgetLimits(number("budget.at.once", 1, 1, 100), number("budget.per.day", 3, 0, 1000));
    Proxy proxy = proxy();
    Duration connect = seconds("connect.timeout.seconds", 30, 1, 300);
    Duration request = seconds("request.timeout.seconds", 60, 1, 300);
    Duration total = seconds("total.timeout.seconds", 180, 5, 3600);
    if (endpoint == null || (!x509 && key == null)) {
      return null;
    }
    return new Settings(
        new Registration(idScope, registrationId),
        endpoint,
        key,
        alias,
        payload,
        budget,
        proxy,
        connect,
        new DpsLimits(request, total));
  }

  private boolean x509() {
    String value = text("attestation");
    if (!value.isEmpty() && !value.equals(SYMMETRIC_KEY) && !value.equals(X509)) {
      problem("attestation", "must be " + SYMMETRIC_KEY + " or " + X509);
    }
    return value.equals(X509);
  }

  private @Nullable SymmetricKey key() {
    String value = secret("symmetric.key");
    if (value.isEmpty()) {
      problem("symmetric.key", "is missing");
      return null;
    }
    try {
      return new SymmetricKey(HmacKey.ofBase64(value));
    } catch (IllegalArgumentException e) {
      problem(
          "symmetric.key", "cannot be used: " + e.getMessage() + "; copy it from the enrolment");
      return null;
    }
  }

  private @Nullable JsonObject payload() {
    String text = text("custom.payload");
    String modelId = text("model.id");
    JsonObject payload = text.isEmpty() ? new JsonObject() : object(text);
    if (payload == null) {
      problem("custom.payload", "must be a JSON object, such as {\"site\": \"north\"}");
      return null;
    }
    if (!modelId.isEmpty()) {
      if (!modelId.matches(MODEL_ID)) {
        problem("model.id", "must be a model identifier, such as dtmi:com:example:Gateway;1");
      }
      payload.addProperty("modelId", modelId);
    }
    return payload.size() == 0 ? null : payload;
  }

  private static @Nullable JsonObject object(String text) {
    try {
      JsonElement element = JsonParser.parseString(text);
      return element.isJsonObject() ? element.getAsJsonObject() : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private @Nullable Proxy proxy() {
    if (text("proxy.host").isEmpty()) {
      return null;
    }
    int port = number("proxy.port", USUAL_PROXY_PORT, 1, 65535);
    Endpoint endpoint = endpoint("proxy.host", "", port);
    return endpoint == null
        ? null
        : new Proxy(endpoint, text("proxy.user"), secret("proxy.password"));
  }

  private @Nullable Endpoint endpoint(String name, String absent, int defaultPort) {
    String value = text(name);
    try {
      return Endpoint.parse(value.isEmpty() ? absent : value, defaultPort);
    } catch (IllegalArgumentException e) {
      problem(name, "must be a host name or host:port, without https:// and path");
      return null;
    }
  }

  private Duration seconds(String name, int absent, int min, int max) {
    return Duration.ofSeconds(number(name, absent, min, max));
  }

  private int number(String name, int absent, int min, int max) {
    String value = text(name);
    if (value.isEmpty()) {
      return absent;
    }
    boolean good = value.matches("\\d{1,9}");
    int number = good ? Integer.parseInt(value) : absent;
    if (!good || number < min || number > max) {
      problem(name, "must be a whole number from " + min + " to " + max);
      return absent;
    }
    return number;
  }

  private String matching(String name, String pattern, String accepts) {
    String value = required(name);
    if (!value.isEmpty() && !value.matches(pattern)) {
      problem(name, accepts);
    }
    return value;
  }

  private String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      problem(name, "is missing");
    }
    return value;
  }

  private String secret(String name) {
    String value = text(name);
    return value.isEmpty() ? value : decrypt.apply(value).trim();
  }

  private String text(String name) {
    Object value = properties.get(name);
    return value == null ? "" : value.toString().trim();
  }

  private void problem(String name, String what) {
    problems.add(name + " " + what);
  }
}
