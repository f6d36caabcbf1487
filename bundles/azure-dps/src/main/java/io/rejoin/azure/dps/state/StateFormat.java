/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.rejoin.provisioning.Assignment;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The text of the state file: JSON, for people as much as for us. Version 1. */
final class StateFormat {

  static final int VERSION = 1;

  private static final String ABOUT =
      "Where Azure DPS sent this gateway, kept so that a restart costs no call. Holds no key. Delete"
          + " it while Kura is stopped, and the gateway registers anew.";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private StateFormat() {}

  /** A file's content: whose it is, and what it holds. */
  record Content(String idScope, String registrationId, ProvisioningState state) {}

  /** A file that is no state file, or a torn one. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** A file of a later release, which may mean things that this one does not know. */
  static final class NewerException extends Exception {
    private static final long serialVersionUID = 1;

    NewerException(int version) {
      super("it has version " + version + ", this release reads " + VERSION);
    }
  }

  static String write(Content content) {
    ProvisioningState state = content.state();
    JsonObject root = new JsonObject();
    root.addProperty("about", ABOUT);
    root.addProperty("version", VERSION);
    root.addProperty("idScope", content.idScope());
    root.addProperty("registrationId", content.registrationId());
    if (state.assignment() != null) {
      root.add("assignment", write(state.assignment()));
    }
    if (state.registeredAt() != null) {
      JsonObject registration = new JsonObject();
      registration.addProperty("at", state.registeredAt().toString());
      registration.addProperty("reason", state.reason());
      root.add("lastRegistration", registration);
    }
    if (state.openSince() != null) {
      root.addProperty("registrationOpenSince", state.openSince().toString());
    }
    root.add("budget", write(state.budget()));
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject write(Assignment assignment) {
    JsonObject json = new JsonObject();
    json.addProperty("hub", assignment.hubHostName());
    json.addProperty("deviceId", assignment.deviceId());
    json.addProperty("assignedAt", assignment.assignedAt().toString());
    json.addProperty("etag", assignment.etag());
    json.addProperty("payload", assignment.payload());
    return json;
  }

  private static JsonObject write(Budget budget) {
    JsonObject json = new JsonObject();
    json.addProperty("left", budget.left());
    if (budget.countingFrom() != null) {
      json.addProperty("countingFrom", budget.countingFrom().toString());
    }
    return json;
  }

  static Content read(String text) throws UnreadableException, NewerException {
    JsonObject root = parse(text);
    int version = number(root, "version");
    if (version > VERSION) {
      throw new NewerException(version);
    }
    if (version != VERSION) {
      throw new UnreadableException("its version is " + version);
    }
    JsonObject registration = optional(root, "lastRegistration");
    JsonObject assignment = optional(root, "assignment");
    return new Content(
        string(root, "idScope"),
        string(root, "registrationId"),
        new ProvisioningState(
            assignment == null ? null : assignment(assignment),
            registration == null ? null : instant(registration, "at"),
            registration == null ? "" : string(registration, "reason"),
            root.has("registrationOpenSince") ? instant(root, "registrationOpenSince") : null,
            budget(object(root, "budget"))));
  }

  /** Strict JSON and nothing after it: gson by itself forgives both. */
  private static JsonObject parse(String text) throws UnreadableException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      JsonElement element = GSON.getAdapter(JsonElement.class).read(reader);
      if (element != null && element.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
        return element.getAsJsonObject();
      }
    } catch (IOException | JsonParseException | StackOverflowError e) {
      // Its message quotes the file, which helps nobody; the last is gson's answer to a deep one.
    }
    throw new UnreadableException("it is not one complete JSON object");
  }

  private static Assignment assignment(JsonObject json) throws UnreadableException {
    String hub = string(json, "hub");
    String deviceId = string(json, "deviceId");
    if (hub.isBlank() || deviceId.isBlank()) {
      throw new UnreadableException("hub or deviceId is empty");
    }
    return new Assignment(
        hub, deviceId, instant(json, "assignedAt"), string(json, "etag"), string(json, "payload"));
  }

  private static Budget budget(JsonObject json) throws UnreadableException {
    Instant countingFrom = json.has("countingFrom") ? instant(json, "countingFrom") : null;
    return new Budget(Math.max(-1, number(json, "left")), countingFrom);
  }

  private static JsonObject object(JsonObject json, String name) throws UnreadableException {
    JsonObject value = optional(json, name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private static @Nullable JsonObject optional(JsonObject json, String name)
      throws UnreadableException {
    JsonElement value = json.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isJsonObject()) {
      throw missing(name);
    }
    return value.getAsJsonObject();
  }

  private static String string(JsonObject json, String name) throws UnreadableException {
    JsonElement value = json.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw missing(name);
    }
    return value.getAsString();
  }

  private static int number(JsonObject json, String name) throws UnreadableException {
    JsonElement value = json.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw missing(name);
    }
    try {
      return Integer.parseInt(value.getAsString());
    } catch (NumberFormatException e) {
      throw missing(name);
    }
  }

  private static Instant instant(JsonObject json, String name) throws UnreadableException {
    try {
      return Instant.parse(string(json, name));
    } catch (DateTimeException e) {
      throw missing(name);
    }
  }

  private static UnreadableException missing(String name) {
    return new UnreadableException(name + " is missing or malformed");
  }
}
