/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.message.CloudListener;

/** Opens links to hubs. Thread-safe; nothing here blocks. */
public interface LinkFactory {

  /**
   * Starts one attempt to connect, with a fresh client, and returns at once. Subscriptions to
   * methods and desired properties are made anew on each link.
   *
   * @param listener told what becomes of the attempt and the link
   * @param cloud told what the cloud wants
   * @return the link, still opening
   */
  HubLink open(LinkSettings settings, LinkListener listener, CloudListener cloud);
}
