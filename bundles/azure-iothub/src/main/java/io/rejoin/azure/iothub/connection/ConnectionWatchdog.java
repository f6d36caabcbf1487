/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.kura.watchdog.CriticalComponent;
import org.eclipse.kura.watchdog.WatchdogService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Kura's watchdog restart a gateway that could not connect for hours, as a last resort against
 * a modem or driver that hangs. Off unless configured. Never while the connection is parked or not
 * wanted, since a restart cures neither, and at most once a day, counted over restarts; if that
 * cannot be counted, never.
 *
 * <p>Looked after by {@link #tick}, twice a minute on the connection's own thread.
 */
final class ConnectionWatchdog implements CriticalComponent {

  private static final Logger logger = LoggerFactory.getLogger(ConnectionWatchdog.class);
  private static final Duration AT_MOST_EVERY = Duration.ofDays(1);

  /** Kura's watchdog acts after this time without a sign of life. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final String pid;
  private final RestartLog restarts;
  private @Nullable WatchdogService registeredWith;
  private long fineAtMillis;
  private boolean silent;
  private boolean toldWhyNot;

  /**
   * Registers with nobody yet.
   *
   * @param pid the connection's, unique on the gateway
   */
  ConnectionWatchdog(String pid, RestartLog restarts) {
    this.pid = pid;
    this.restarts = restarts;
  }

  @Override
  public String getCriticalComponentName() {
    return pid;
  }

  @Override
  public int getCriticalComponentTimeout() {
    return (int) TIMEOUT.toMillis();
  }

  /**
   * Gives a sign of life, or does not.
   *
   * @param limit unconnected time that leads to a restart; zero for never
   */
  void tick(@Nullable WatchdogService watchdog, Duration limit, Phase phase, Moment now) {
    register(limit.isZero() || phase == Phase.STOPPED ? null : watchdog, now);
    WatchdogService current = registeredWith;
    if (current == null) {
      return;
    }
    switch (phase) {
      case STOPPED, CONNECTED, PARKED -> {
        fineAtMillis = now.monotonicMillis();
        silent = false;
      }
      case CONNECTING, WAITING, PROBING, WAITING_FOR_DPS, PROVISIONING ->
          silent = silent || (isOver(limit, now) && mayRestart(now));
    }
    if (!silent) {
      current.checkin(this);
    }
  }

  private boolean isOver(Duration limit, Moment now) {
    return now.monotonicMillis() - fineAtMillis >= limit.toMillis();
  }

  private boolean mayRestart(Moment now) {
    Instant at = Instant.ofEpochMilli(now.wallMillis());
    String problem = restarts.record(at, AT_MOST_EVERY);
    if (problem == null) {
      logger.warn("{}: unconnected for too long, the watchdog restarts the gateway", pid);
      return true;
    }
    if (!toldWhyNot) {
      toldWhyNot = true;
      logger.warn("{}: unconnected for too long, but no restart: {}", pid, problem);
    }
    return false;
  }

  /** Ends it: what does not run needs no sign of life. */
  void stop() {
    register(null, null);
  }

  private void register(@Nullable WatchdogService wanted, @Nullable Moment now) {
    WatchdogService before = registeredWith;
    if (before == wanted) {
      return;
    }
    if (before != null) {
      before.unregisterCriticalComponent(this);
    }
    registeredWith = wanted;
    silent = false;
    if (wanted != null && now != null) {
      fineAtMillis = now.monotonicMillis();
      toldWhyNot = false;
      wanted.registerCriticalComponent(this);
    }
  }
}
