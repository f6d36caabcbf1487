/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

/**
 * What became of one message handed to the hub: exactly one of the methods is called, once, on any
 * thread, possibly before the call that handed the message over has returned.
 */
public interface Delivery {
  /** The hub acknowledged it (PUBACK), or, for QoS 0, it was written to the connection. */
  void confirmed();

  /** It may or may not have reached the hub: send it again. */
  void unconfirmed(String why);

  /** It can never be sent as it is. */
  void rejected(String why);
}
