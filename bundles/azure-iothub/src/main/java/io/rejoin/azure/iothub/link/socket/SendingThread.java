/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import org.jspecify.annotations.Nullable;

/**
 * The thread "MQTT Snd" of Paho, known by what it writes. Paho 1.2.5 tells it once that the
 * connection is over. Between two packets it does not hear that, and waits for the next one for
 * ever. An interrupt makes it look again, and without a connection it then ends. Thread-safe.
 */
final class SendingThread {
  private volatile @Nullable Thread thread;

  /** The calling thread sends. */
  void sends() {
    thread = Thread.currentThread();
  }

  /**
   * Once the connection is over: makes it end if it waits. To be called again until it has ended,
   * for it does not look before Paho has noted the end.
   *
   * @return whether it has ended
   */
  boolean end() {
    Thread sending = thread;
    if (sending == null || !sending.isAlive()) {
      return true;
    }
    if (sending.getState() == Thread.State.WAITING) {
      sending.interrupt();
    }
    return false;
  }
}
