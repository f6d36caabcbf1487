/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import io.rejoin.azure.dps.protocol.DpsTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody sleeps. */
public final class VirtualTime implements DpsTime {

  private Instant wall;
  private Duration up = Duration.ofDays(3);
  private final List<Duration> sleeps = new ArrayList<>();

  public VirtualTime(Instant wall) {
    this.wall = wall;
  }

  @Override
  public synchronized Instant wallTime() {
    return wall;
  }

  @Override
  public synchronized Duration upTime() {
    return up;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    pass(duration);
  }

  public synchronized void pass(Duration duration) {
    wall = wall.plus(duration);
    up = up.plus(duration);
  }

  public synchronized void jumpTo(Instant wallTime) {
    wall = wallTime;
  }

  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
