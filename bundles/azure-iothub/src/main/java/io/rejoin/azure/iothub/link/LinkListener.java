/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.retry.Failure;
import java.time.Duration;

/**
 * Told what becomes of a link: either {@link #openFailed}, or {@link #opened} and later, if the
 * link is lost, {@link #lost}; each at most once, in this order, and none after {@link
 * HubLink#close} except one that is already under way.
 *
 * <p>Called on threads of the SDK and its sockets: must only hand the news over. Blocking, or
 * waiting for a lock that somebody holds while he waits for the link, would stop the SDK.
 */
public interface LinkListener {

  /** The hub accepted the connection: messages can be sent. */
  void opened(HubLink link);

  /** The attempt failed. */
  void openFailed(HubLink link, Failure failure);

  /**
   * The open link ended, and not by {@link HubLink#close}. All its messages have been answered.
   *
   * @param quiet time since the last byte from the hub
   */
  void lost(HubLink link, Failure failure, Duration quiet);
}
