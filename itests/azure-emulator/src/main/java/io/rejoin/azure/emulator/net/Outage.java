/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a service's doors, and opens them again when the time is over. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // a newer outage makes the older timer void
public final class Outage {
  private static final Logger logger = LoggerFactory.getLogger(Outage.class);

  private final Reactor reactor;
  private final List<Door> doors;
  private int number;

  public Outage(Reactor reactor, List<Door> doors) {
    this.reactor = reactor;
    this.doors = List.copyOf(doors);
  }

  /** Until {@link #end}. */
  public synchronized void begin() {
    number++;
    doors.forEach(Door::close);
  }

  /** For so long; a later outage, or an {@link #end}, replaces it. */
  public synchronized void begin(Duration length) {
    begin();
    int own = number;
    reactor.later(length, () -> endOwn(own));
  }

  private synchronized void endOwn(int own) {
    if (own == number) {
      try {
        end();
      } catch (UncheckedIOException e) {
        logger.error("The outage cannot end: {}", e.getMessage());
      }
    }
  }

  /** Opens what is closed. */
  public synchronized void end() {
    number++;
    try {
      for (Door door : doors) {
        door.open();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
