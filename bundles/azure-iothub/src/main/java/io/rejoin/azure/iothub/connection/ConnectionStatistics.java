/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonObject;
import io.rejoin.reconnect.Phase;
import io.rejoin.retry.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Counts what happened to a connection since it was activated. Confined to its thread. */
final class ConnectionStatistics implements StateListener {

  private long sessions;
  private long losses;
  private long failedAttempts;
  private long registrations;
  private long hubMoves;
  private String lastHub = "";
  private String lastFailure = "none";

  @Override
  public void changed(ConnectionStatus before, ConnectionStatus now) {
    Failure failure = now.state().lastFailure();
    if (failure != null) {
      lastFailure = failure.words();
    }
    if (before.phase() == Phase.CONNECTING && now.phase() != Phase.CONNECTED) {
      failedAttempts += now.state().failures() > before.state().failures() ? 1 : 0;
    }
    if (before.phase() == now.phase()) {
      return;
    }
    if (now.phase() == Phase.PROVISIONING) {
      registrations++;
    }
    if (before.phase() == Phase.CONNECTED && failure != null) {
      losses++;
    }
    if (now.phase() == Phase.CONNECTED) {
      sessions++;
      hubMoves += lastHub.isEmpty() || lastHub.equals(now.hub()) ? 0 : 1;
      lastHub = now.hub();
    }
  }

  /** What the twin gets to know. */
  JsonObject facts(ConnectionStatus now, long wallMillis) {
    JsonObject facts = new JsonObject();
    facts.addProperty("state", now.phase().name());
    facts.addProperty("at", Instant.ofEpochMilli(wallMillis).truncatedTo(ChronoUnit.SECONDS) + "");
    facts.addProperty("hub", now.hub());
    facts.addProperty("retryPolicy", now.policyName());
    facts.addProperty("sessions", sessions);
    facts.addProperty("losses", losses);
    facts.addProperty("failedAttempts", failedAttempts);
    facts.addProperty("provisioningRequests", registrations);
    facts.addProperty("hubMoves", hubMoves);
    facts.addProperty("lastFailure", lastFailure);
    return facts;
  }
}
