/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraConnectException;

/** Waits for a session, as Kura's <i>Connect</i> does. */
final class Connecting implements HubConnectionListener {
  private final CountDownLatch up = new CountDownLatch(1);

  private Connecting() {}

  /**
   * Connects, and waits.
   *
   * @throws KuraConnectException if there is no session within that time: it says why; the
   *     connection tries on
   */
  static void await(HubConnection connection, Duration limit) throws KuraConnectException {
    Connecting waiting = new Connecting();
    connection.addListener(waiting);
    try {
      connection.connect();
      if (!waiting.up.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KuraConnectException(
            "not yet, but trying on: " + connection.info().get("Connection State Reason"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraConnectException(e, "interrupted while waiting; the connection tries on");
    } finally {
      connection.removeListener(waiting);
    }
  }

  @Override
  public void up(long session) {
    up.countDown();
  }

  @Override
  public void draining(long session) {
    // Waits on.
  }

  @Override
  public void down(long session, boolean onPurpose) {
    // Waits on.
  }
}
