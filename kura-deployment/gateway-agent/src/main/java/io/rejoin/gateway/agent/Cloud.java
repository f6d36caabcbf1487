/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.function.UnaryOperator;

/** The local cloud in the other JVM: takes one-line commands, answers one line of JSON. */
final class Cloud {

  private final UnaryOperator<String> commands;

  Cloud(UnaryOperator<String> commands) {
    this.commands = commands;
  }

  /** Closes all connections of a hub and takes new ones again after the time. */
  void outage(String hub, int seconds) {
    send("outage " + hub + " " + seconds);
  }

  /** Points the device's enrolment at a hub: shows when the device registers again. */
  void enrolAt(String hub) {
    send("enrol " + hub);
  }

  /** Deletes the device from a hub. */
  void deleteFrom(String hub) {
    send("delete " + hub);
  }

  /** What the hubs and the provisioning service have counted. */
  JsonObject counts() {
    return send("counts");
  }

  private JsonObject send(String command) {
    JsonObject answer = JsonParser.parseString(commands.apply(command)).getAsJsonObject();
    if (answer.has("error")) {
      throw new IllegalStateException(
          "the local cloud refused \"" + command + "\": " + answer.get("error").getAsString());
    }
    return answer;
  }
}
