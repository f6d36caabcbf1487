/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether either side of a new connection has spoken; shared by its two streams. */
final class FirstWords {
  private static final long AT_MOST_SECONDS = 10;

  private final CountDownLatch sent = new CountDownLatch(1);
  private volatile boolean ended;

  /** The server has ended the connection: returns when something was to be sent. */
  void ended() {
    ended = true;
    try {
      boolean unused = sent.await(AT_MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Something is to be sent.
   *
   * @return whether there is somebody to send it to
   */
  boolean sending() {
    sent.countDown();
    return !ended;
  }
}
