/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/** What a hub counts. */
public enum HubCount {
  /** MQTT CONNECT packets. */
  CONNECTS,
  /** CONNECTs answered with return code 0. */
  ACCEPTED,
  /** CONNECTs answered with another return code. */
  REFUSED,
  /** Refusals because the limit of new connections was reached; part of {@link #REFUSED}. */
  THROTTLED,
  /** Connections that a newer one of the same device displaced. */
  DISPLACED,
  /** Connections ended because their token expired. */
  TOKEN_EXPIRED,
  /** Connections ended because the device broke a rule of the protocol. */
  PROTOCOL_VIOLATIONS,
  /** Device-to-cloud messages received, redelivered ones included. */
  MESSAGES,
  /** PUBACKs sent for them. */
  PUBACKS,
  /** Cloud-to-device messages sent, redelivered ones included. */
  TO_DEVICE_SENT,
  /** Cloud-to-device messages that the device confirmed. */
  TO_DEVICE_COMPLETED,
  TWIN_GETS,
  TWIN_PATCHES,
  /** Requests at the HTTPS device endpoint. */
  HTTPS_REQUESTS
}
