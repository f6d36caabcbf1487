/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import static io.rejoin.retry.Level.APPLICATION;
import static io.rejoin.retry.Level.NETWORK;
import static io.rejoin.retry.Level.PROTOCOL;

/**
 * What went wrong, as far as it is known. Each kind tells its level, whether trying again can help
 * without anybody changing something, and whether it proves that the server is alive.
 *
 * <p>The six-digit numbers are IoT Hub's own sub-codes, as listed in Microsoft's "Understand and
 * resolve Azure IoT Hub error codes".
 */
public enum FailureKind {
  /** The gateway has no route to anywhere. */
  NETWORK_DOWN(NETWORK, true, false, "no network"),
  /** No name resolves, so this says nothing about the server. */
  NAME_SERVICE_DOWN(NETWORK, true, false, "no name can be resolved"),
  /** The server's name does not resolve while another name does. */
  NAME_NOT_FOUND(NETWORK, true, false, "the server's name is unknown"),
  /** Nobody listens at the server's address. */
  CONNECTION_REFUSED(NETWORK, true, false, "connection refused"),
  /** No connection, or no answer on it, within the time limit. */
  TIMED_OUT(NETWORK, true, false, "no answer in time"),
  /** The connection was closed or reset without a reason. */
  CONNECTION_CLOSED(NETWORK, true, false, "the server closed the connection"),
  /** An established connection went silent: a keep-alive or a confirmation is overdue. */
  CONNECTION_SILENT(NETWORK, true, false, "the connection went silent"),
  /** Somebody else answers for the server: a login page, or a certificate for another name. */
  CAPTIVE_PORTAL(NETWORK, true, false, "something else answers in the server's place"),
  /** The HTTP proxy refused to connect through. */
  PROXY_REFUSED(NETWORK, true, false, "the proxy refused"),

  /** The TLS handshake was cut off. */
  TLS_BROKEN(PROTOCOL, true, false, "the TLS handshake was cut off"),
  /** The server's certificate does not verify against the configured trust. */
  CERTIFICATE_UNTRUSTED(PROTOCOL, false, false, "the server's certificate is not trusted"),
  /** The server's certificate is not valid yet: more likely the gateway's clock is behind. */
  CERTIFICATE_NOT_YET_VALID(PROTOCOL, false, false, "the server's certificate is not valid yet"),
  /** The server does not speak this protocol version (MQTT return code 1). */
  PROTOCOL_UNSUPPORTED(PROTOCOL, false, false, "the server does not speak this protocol version"),
  /**
   * An MQTT CONNECT was refused with return code 2, 4 or 5. IoT Hub answers every refused CONNECT
   * with 5, also when it is overloaded, so the reason is open and the server not proved alive.
   */
  REFUSED(PROTOCOL, true, false, "the hub refused without a reason"),
  /** MQTT return code 3: the service is busy. */
  SERVER_UNAVAILABLE(PROTOCOL, true, true, "the hub is busy"),
  /** The session ended because its token ran out: routine, not a failure of the link. */
  TOKEN_EXPIRED(PROTOCOL, true, true, "the session's token expired"),

  /** 401001: no such hub. */
  HUB_NOT_FOUND(APPLICATION, false, false, "the hub does not exist"),
  /** 404001: the hub does not know this device. */
  DEVICE_NOT_FOUND(APPLICATION, false, true, "the hub does not know this device"),
  /** 401003, or 401 without a sub-code: wrong key, wrong certificate or expired token. */
  UNAUTHORIZED(APPLICATION, false, true, "the credential was refused"),
  /** 403012: an operator disabled the device. */
  DEVICE_DISABLED(APPLICATION, false, true, "the device is disabled"),
  /** 403002: the daily message quota is used up; it is renewed at 00:00 UTC. */
  QUOTA_EXCEEDED(APPLICATION, true, true, "the hub's daily quota is used up"),
  /** 403001: the hub is suspended. */
  HUB_SUSPENDED(APPLICATION, false, true, "the hub is suspended"),
  /** Any other 403. */
  FORBIDDEN(APPLICATION, false, true, "the hub forbids it"),
  /** 404012: the hub is moving to its other region. */
  HUB_FAILING_OVER(APPLICATION, true, true, "the hub is failing over"),
  /** 400027, or inferred: another client connects with this identity. */
  DUPLICATE_IDENTITY(APPLICATION, true, true, "another client uses this identity"),
  /** 400029, 400030, 404104, 409002: closed by the service for reasons of its own. */
  SERVICE_MAINTENANCE(APPLICATION, true, true, "the service closed the connection"),
  /** 429: too many requests, of this device or of the whole fleet. */
  THROTTLED(APPLICATION, true, true, "the service is throttling"),
  /**
   * 5xx: a fault of the service. Proves the server alive only together with a sub-code, since a
   * proxy or gateway on the way may answer 5xx for a server that is gone.
   */
  SERVER_ERROR(APPLICATION, true, false, "the service reports a fault"),

  /** The gateway's clock is implausible or far from the server's. */
  CLOCK_WRONG(APPLICATION, false, false, "the gateway's clock is wrong"),
  /** The gateway's own client certificate has expired. */
  OWN_CERTIFICATE_EXPIRED(APPLICATION, false, false, "the client certificate has expired"),
  /** The gateway's own client certificate is not valid yet: more likely its clock is behind. */
  OWN_CERTIFICATE_NOT_YET_VALID(
      APPLICATION, false, false, "the client certificate is not valid yet"),
  /** Something is missing or unusable in the configuration. */
  MISCONFIGURED(APPLICATION, false, false, "the configuration cannot be used"),

  /** DPS knows no such id scope. */
  ID_SCOPE_UNKNOWN(APPLICATION, false, true, "the provisioning service does not know the id scope"),
  /** DPS knows no enrolment or registration for this device. */
  REGISTRATION_UNKNOWN(
      APPLICATION, false, true, "the provisioning service does not know this device"),
  /** The device's enrolment is disabled. */
  ENROLMENT_DISABLED(APPLICATION, false, true, "the device's enrolment is disabled"),
  /** DPS refused the credential. */
  PROVISIONING_UNAUTHORIZED(
      APPLICATION, false, true, "the provisioning service refused the credential"),
  /** DPS accepted the registration and then could not assign a hub. */
  PROVISIONING_FAILED(APPLICATION, true, true, "the provisioning service could not assign a hub"),
  /** The device's own budget for billable registrations is used up until it refills. */
  PROVISIONING_BUDGET_EMPTY(
      APPLICATION, true, false, "the budget for provisioning calls is used up"),

  /** Nothing is known; retrying is the safe answer. */
  UNKNOWN(APPLICATION, true, false, "unknown");

  private final Level level;
  private final boolean recoverable;
  private final boolean provesServerAlive;
  private final String words;

  FailureKind(Level level, boolean recoverable, boolean provesServerAlive, String words) {
    this.level = level;
    this.recoverable = recoverable;
    this.provesServerAlive = provesServerAlive;
    this.words = words;
  }

  public Level level() {
    return level;
  }

  /** Whether trying again can succeed without anybody changing something. */
  public boolean recoverable() {
    return recoverable;
  }

  /** Whether a failure of this kind is an answer that only a working server can give. */
  public boolean provesServerAlive() {
    return provesServerAlive;
  }

  /** The kind in words for an operator, without capital or full stop. */
  public String words() {
    return words;
  }
}
