/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraConnectException;

/** Waits for a session, as Kura's <i>Connect</i> does. Thread-safe. */
final class Connecting {
  private static final String UP = "up";

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

  /**
   * Connects, and waits.
   *
   * @throws KuraConnectException if there is no session within that time, or nobody waits for one
   *     any more: it says why; in the first case the connection tries on
   */
  void await(HubConnection connection, Duration limit) throws KuraConnectException {
    Waiting waiting = new Waiting();
    all.add(waiting);
    connection.addListener(waiting);
    try {
      connection.connect();
      String outcome = waiting.outcome.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (outcome == null) {
        throw new KuraConnectException(
            "not yet, but trying on: " + connection.info().get("Connection State Reason"));
      }
      if (!outcome.equals(UP)) {
        throw new KuraConnectException(outcome);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraConnectException(e, "interrupted while waiting; the connection tries on");
    } finally {
      connection.removeListener(waiting);
      all.remove(waiting);
    }
  }

  /** Lets go whoever waits, with these words. */
  void giveUp(String why) {
    all.forEach(waiting -> waiting.outcome.offer(why));
  }

  private static final class Waiting implements HubConnectionListener {
    /** Takes the first. */
    private final BlockingQueue<String> outcome = new ArrayBlockingQueue<>(1);

    @Override
    public void up(long number) {
      outcome.offer(UP);
    }

    @Override
    public void draining(long number) {
      // Waits on.
    }

    @Override
    public void down(long number, boolean onPurpose) {
      // Waits on.
    }
  }
}
