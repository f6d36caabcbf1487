/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.azure.iothub.connection.HubConnectionListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits for a connection's sessions. */
final class Sessions implements HubConnectionListener {
  private static final long LIMIT_SECONDS = 300;

  private final BlockingQueue<Long> ups = new LinkedBlockingQueue<>();

  /** The number of the next session. */
  long awaitUp() throws InterruptedException {
    Long session = ups.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (session == null) {
      throw new IllegalStateException("no session for " + LIMIT_SECONDS + " s");
    }
    return session;
  }

  @Override
  public void up(long session) {
    ups.add(session);
  }

  @Override
  public void draining(long session) {}

  @Override
  public void down(long session, boolean onPurpose) {}
}
