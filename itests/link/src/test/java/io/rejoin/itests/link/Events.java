/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.retry.Failure;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one link told its listener, in order. */
final class Events implements LinkListener {

  sealed interface Event {}

  record Opened(HubLink link) implements Event {}

  record OpenFailed(Failure failure) implements Event {}

  record Lost(Failure failure, Duration quiet) implements Event {}

  private static final long LIMIT_SECONDS = 30;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void opened(HubLink link) {
    events.add(new Opened(link));
  }

  @Override
  public void openFailed(HubLink link, Failure failure) {
    events.add(new OpenFailed(failure));
  }

  @Override
  public void lost(HubLink link, Failure failure, Duration quiet) {
    events.add(new Lost(failure, quiet));
  }

  <T extends Event> T await(Class<T> type) {
    try {
      Event event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!type.isInstance(event)) {
        throw new AssertionError("expected " + type.getSimpleName() + " but came " + event);
      }
      return type.cast(event);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Failure awaitOpenFailed() {
    return await(OpenFailed.class).failure();
  }

  Failure awaitLost() {
    return await(Lost.class).failure();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
