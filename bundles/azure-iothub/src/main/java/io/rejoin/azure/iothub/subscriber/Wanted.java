/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

/** What a subscriber gets. */
enum Wanted {
  /** Cloud-to-device messages. */
  MESSAGES,
  /** Calls of a direct method. */
  DIRECT_METHOD,
  /** The desired properties of the device's twin. */
  DESIRED_PROPERTIES
}
