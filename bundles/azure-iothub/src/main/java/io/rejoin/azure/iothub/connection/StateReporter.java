/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.reconnect.Phase;
import io.rejoin.retry.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and EventAdmin of each change of state.
 *
 * <p>The event's topic is {@value #TOPIC}; its properties are {@code kura.service.pid}, {@code
 * state}, {@code reason}, {@code hub}, {@code device}, {@code policy}, {@code failures}, {@code
 * attempt}, {@code nextAttemptInMillis} (-1 when none is planned) and, after a failure, {@code
 * level}, {@code kind}, {@code httpStatus} and {@code subCode}.
 */
final class StateReporter implements StateListener {

  static final String TOPIC = "io/rejoin/azure/iothub/connection/STATE_CHANGED";

  private static final Logger logger = LoggerFactory.getLogger(StateReporter.class);

  private final String pid;
  private final Consumer<Event> events;

  StateReporter(String pid, Consumer<Event> events) {
    this.pid = pid;
    this.events = events;
  }

  @Override
  public void changed(ConnectionStatus before, ConnectionStatus now) {
    log(now);
    events.accept(new Event(TOPIC, properties(now)));
  }

  private void log(ConnectionStatus now) {
    String reason = now.explanation(now.taken().monotonicMillis());
    switch (now.phase()) {
      case CONNECTED -> logger.info("{}: connected to {} as {}", pid, now.hub(), now.device());
      case PARKED -> logger.warn("{}: PARKED, {}", pid, reason);
      case CONNECTING -> logger.debug("{}: CONNECTING, {}", pid, reason);
      case STOPPED, WAITING, PROBING, WAITING_FOR_DPS, PROVISIONING ->
          logger.info("{}: {}, {}", pid, now.phase(), reason);
    }
  }

  private Map<String, Object> properties(ConnectionStatus now) {
    Map<String, Object> properties = new HashMap<>();
    long taken = now.taken().monotonicMillis();
    properties.put("kura.service.pid", pid);
    properties.put("state", now.phase().name());
    properties.put("reason", now.explanation(taken));
    properties.put("hub", now.hub());
    properties.put("device", now.device());
    properties.put("policy", now.policyName());
    properties.put("failures", now.state().failures());
    properties.put("attempt", now.state().attempt());
    properties.put("nextAttemptInMillis", nextAttempt(now, taken));
    Failure failure = now.state().lastFailure();
    if (failure != null) {
      properties.put("level", failure.level().name());
      properties.put("kind", failure.kind().name());
      properties.put("httpStatus", failure.httpStatus());
      properties.put("subCode", failure.subCode());
    }
    return properties;
  }

  private static long nextAttempt(ConnectionStatus now, long taken) {
    boolean waits = now.phase() == Phase.WAITING || now.phase() == Phase.PARKED;
    long at = now.state().retryAt();
    return waits && at != Long.MAX_VALUE ? Math.max(0, at - taken) : -1;
  }
}
