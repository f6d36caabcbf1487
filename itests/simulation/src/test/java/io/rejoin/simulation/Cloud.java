/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Azure, and the network that leads there. */
final class Cloud {

  /** A token is refused when the clocks differ by more. */
  private static final long CLOCK_TOLERANCE_MILLIS = 5 * 60_000;

  private static final FailureKind[] OFFLINE = {
    FailureKind.NETWORK_DOWN,
    FailureKind.NAME_SERVICE_DOWN,
    FailureKind.TIMED_OUT,
    FailureKind.CAPTIVE_PORTAL,
    FailureKind.PROXY_REFUSED
  };
  private static final FailureKind[] DOWN = {
    FailureKind.TIMED_OUT,
    FailureKind.CONNECTION_REFUSED,
    FailureKind.CONNECTION_CLOSED,
    FailureKind.TLS_BROKEN
  };

  private final VirtualTime time;
  private final RandomGenerator chance;
  final List<Hub> hubs =
      List.of(new Hub("a.hubs.example"), new Hub("b.hubs.example"), new Hub("c.hubs.example"));
  final Set<String> received = new HashSet<>();
  private final List<SimulatedLink> sessions = new ArrayList<>();

  /** Where the enrolment says the device belongs. */
  Hub enrolled = hubs.get(0);

  /** The result of the device's last registration. */
  @Nullable Hub registered;

  /** There is no network. */
  boolean offline;

  /** What makes each attempt fail, wherever it goes; null for nothing. */
  @Nullable Failure obstacle;

  /** What DPS answers to everything; null for doing its work. */
  @Nullable Failure dpsTrouble;

  /** The site's firewall lets MQTT through and not HTTPS. */
  final boolean httpsBlocked;

  /** The hub does not take this identity over HTTPS, whatever it is told. */
  final boolean httpsRefused;

  /** The device has a token rather than a certificate. */
  final boolean tokens;

  Cloud(VirtualTime time, RandomGenerator chance) {
    this.time = time;
    this.chance = chance;
    httpsBlocked = chance.nextInt(8) == 0;
    httpsRefused = chance.nextInt(8) == 0;
    tokens = chance.nextInt(3) > 0;
  }

  Hub hub(String name) {
    return hubs.stream().filter(hub -> hub.name.equals(name)).findFirst().orElseThrow();
  }

  /** Why an attempt at a hub fails now, null if it succeeds. */
  @Nullable Failure connect(Hub hub) {
    if (offline) {
      return any(OFFLINE);
    } else if (hub.deleted) {
      return Failure.of(FailureKind.NAME_NOT_FOUND, hub.name);
    } else if (hub.down) {
      return any(DOWN);
    } else if (obstacle != null) {
      return obstacle;
    }
    boolean refused = hub.refusal != null || !hub.knowsDevice || clockIsWrong();
    return refused ? Failure.of(FailureKind.REFUSED, "code 5") : null;
  }

  /** What a hub says over HTTPS, null when it finds nothing wrong. */
  @Nullable Failure probe(Hub hub) {
    if (httpsBlocked || hub.down) {
      return Failure.of(FailureKind.TIMED_OUT, "port 443");
    } else if (offline) {
      return any(OFFLINE);
    } else if (hub.deleted) {
      return Failure.of(FailureKind.NAME_NOT_FOUND, hub.name);
    } else if (httpsRefused) {
      return new Failure(FailureKind.UNAUTHORIZED, "", 401, 0, null);
    } else if (clockIsWrong()) {
      return Failure.of(FailureKind.CLOCK_WRONG, "");
    } else if (hub.refusal != null) {
      return hub.refusal;
    }
    return hub.knowsDevice
        ? null
        : new Failure(FailureKind.DEVICE_NOT_FOUND, "", 404, 404001, null);
  }

  private boolean clockIsWrong() {
    return tokens && Math.abs(time.wallErrorMillis()) > CLOCK_TOLERANCE_MILLIS;
  }

  /** DPS gives the device to the hub of its enrolment, and takes it from the others. */
  Hub register() {
    hubs.forEach(hub -> hub.knowsDevice = hub == enrolled);
    registered = enrolled;
    return enrolled;
  }

  /** Whether the device is where it belongs, so that nothing but time is needed. */
  boolean isAtHome(@Nullable String hubName) {
    return enrolled.name.equals(hubName) && enrolled.knowsDevice;
  }

  void opened(SimulatedLink session) {
    sessions.add(session);
  }

  void ended(SimulatedLink session) {
    sessions.remove(session);
  }

  /** Ends every session there may be. */
  void drop(Failure failure, long quietMillis) {
    List.copyOf(sessions).forEach(session -> session.lose(failure, quietMillis));
  }

  void heal() {
    offline = false;
    obstacle = null;
    dpsTrouble = null;
    hubs.forEach(Hub::heal);
  }

  private Failure any(FailureKind[] kinds) {
    return Failure.of(kinds[chance.nextInt(kinds.length)], "");
  }
}
