/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

/** Where a publisher's messages go. */
enum Destination {
  /** Device-to-cloud messages, through the outbox. */
  TELEMETRY,
  /** The reported properties of the device's twin. */
  REPORTED_PROPERTIES,
  /** The caller of a direct method. */
  METHOD_ANSWER
}
