/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.provisioning.Provisioner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The direct methods that every connection knows: {@value #STATUS}, {@value #RECONNECT} and {@value
 * #REPROVISION}.
 *
 * <p>The last two take {@code {"spreadSeconds": n}}: the gateway acts at a random moment within
 * that time, since a job sends a method to the whole fleet at once. They answer first and act
 * afterwards.
 */
final class BuiltInMethods {

  static final String STATUS = "getConnectionStatus";
  static final String RECONNECT = "reconnect";
  static final String REPROVISION = "reprovision";

  private static final Logger logger = LoggerFactory.getLogger(BuiltInMethods.class);
  private static final String SPREAD = "spreadSeconds";

  /** 10 000 gateways within the 100 connections per second of an S1 unit. */
  private static final int RECONNECT_SPREAD_SECONDS = 100;

  /** 10 000 gateways within the 1000 registrations per minute of a provisioning service. */
  private static final int REPROVISION_SPREAD_SECONDS = 600;

  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  /**
   * Which of them are offered; one that is not, may be served by a subscriber.
   *
   * @param status {@value #STATUS}
   * @param reconnect {@value #RECONNECT}
   * @param reprovision {@value #REPROVISION}
   */
  record Offered(boolean status, boolean reconnect, boolean reprovision) {}

  /** What they do. */
  interface Doing {
    void reconnect(Duration spread);

    void reprovision(Duration spread);

    /** Whether hub and credential come from a provisioner. */
    boolean provisioned();

    Optional<Provisioner> provisioner();
  }

  private final String pid;
  private final Supplier<Offered> offered;
  private final Supplier<Map<String, String>> info;
  private final Doing doing;

  /**
   * @param pid for the log
   * @param info the status page
   */
  BuiltInMethods(
      String pid, Supplier<Offered> offered, Supplier<Map<String, String>> info, Doing doing) {
    this.pid = pid;
    this.offered = offered;
    this.info = info;
    this.doing = doing;
  }

  /** The answer to one of them, null when the method is none of them or not offered. */
  @Nullable DirectMethodAnswer call(String name, String payload) {
    Offered now = offered.get();
    return switch (name) {
      case STATUS -> now.status() ? status() : null;
      case RECONNECT -> now.reconnect() ? reconnect(payload) : null;
      case REPROVISION -> now.reprovision() ? reprovision(payload) : null;
      default -> null;
    };
  }

  private DirectMethodAnswer status() {
    JsonObject entries = new JsonObject();
    info.get().forEach((key, value) -> entries.addProperty(camelCase(key), value));
    return new DirectMethodAnswer(OK, entries.toString());
  }

  private DirectMethodAnswer reconnect(String payload) {
    Integer spread = spreadSeconds(payload, RECONNECT_SPREAD_SECONDS);
    if (spread == null) {
      return badSpread();
    }
    logger.info("{}: asked by direct method to reconnect within {} s", pid, spread);
    doing.reconnect(Duration.ofSeconds(spread));
    return accepted("reconnectsWithinSeconds", spread);
  }

  private DirectMethodAnswer reprovision(String payload) {
    Integer spread = spreadSeconds(payload, REPROVISION_SPREAD_SECONDS);
    if (spread == null) {
      return badSpread();
    }
    if (!doing.provisioned()) {
      return DirectMethodAnswer.error(
          CONFLICT, "this connection does not get its hub from a provisioning service");
    }
    Provisioner provisioner = doing.provisioner().orElse(null);
    if (provisioner == null) {
      return DirectMethodAnswer.error(UNAVAILABLE, "the provisioner is missing");
    }
    logger.info("{}: asked by direct method to register anew within {} s", pid, spread);
    doing.reprovision(Duration.ofSeconds(spread));
    int left = provisioner.status().budgetLeft();
    JsonObject answer = new JsonObject();
    answer.addProperty("registersWithinSeconds", spread);
    answer.addProperty("budgetLeft", left == Integer.MAX_VALUE ? "unlimited" : left + "");
    return new DirectMethodAnswer(ACCEPTED, answer.toString());
  }

  private static DirectMethodAnswer accepted(String name, int seconds) {
    JsonObject answer = new JsonObject();
    answer.addProperty(name, seconds);
    return new DirectMethodAnswer(ACCEPTED, answer.toString());
  }

  private static DirectMethodAnswer badSpread() {
    return DirectMethodAnswer.error(
        BAD_REQUEST,
        "give no payload, or {\"spreadSeconds\": n} with n from 0 to "
            + OperatorWish.LONGEST_SPREAD_SECONDS);
  }

  /** Null when the payload is of another form. */
  private static @Nullable Integer spreadSeconds(String payload, int otherwise) {
    try {
      JsonElement json = JsonParser.parseString(payload);
      if (json.isJsonNull()) {
        return otherwise;
      }
      JsonElement spread = json.getAsJsonObject().get(SPREAD);
      int seconds = spread == null ? otherwise : spread.getAsBigDecimal().intValueExact();
      return seconds >= 0 && seconds <= OperatorWish.LONGEST_SPREAD_SECONDS ? seconds : null;
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | ArithmeticException
        | ClassCastException e) {
      return null;
    }
  }

  /** "Failures In A Row" as failuresInARow. */
  private static String camelCase(String key) {
    String joined = key.replaceAll("[^A-Za-z0-9]", "");
    return Character.toLowerCase(joined.charAt(0)) + joined.substring(1);
  }
}
