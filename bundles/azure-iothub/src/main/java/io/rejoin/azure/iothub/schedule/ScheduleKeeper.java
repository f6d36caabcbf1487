/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the user wants, and when: the connection is wanted while the user wants it and, with a
 * schedule, a window is open. A window that opened stays open until the connection came about and
 * had nothing more to do. What the user does opens one too.
 *
 * <p>Looks at the clock when {@link #tick} is called, which has to happen every few seconds: so it
 * needs no timers that a changed clock would break. All on the connection's own thread, but for
 * {@link #words}.
 */
public final class ScheduleKeeper {
  private static final Logger logger = LoggerFactory.getLogger(ScheduleKeeper.class);

  /** Between two looks a clock that moved further was set, or the gateway slept. */
  private static final Duration JUMP = Duration.ofMinutes(1);

  /** Starts and ends the connection. */
  public interface Switch {
    void on();

    void off();
  }

  private final String name;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Switch connection;
  private final Activity activity;
  private @Nullable Schedule schedule;
  private boolean wanted;
  private boolean open;
  private boolean connected;
  private @Nullable Instant opensAt;
  private Instant lastLook;
  private volatile String words = "";

  /**
   * Nothing is wanted yet.
   *
   * @param name for the log
   * @param schedule null for a connection that is always wanted when the user wants it
   */
  public ScheduleKeeper(
      String name,
      InstantSource clock,
      RandomGenerator random,
      Activity activity,
      @Nullable Schedule schedule,
      Switch connection) {
    this.name = name;
    this.clock = clock;
    this.random = random;
    this.activity = activity;
    this.schedule = schedule;
    this.connection = connection;
    this.lastLook = clock.instant();
  }

  /** What to tell an operator, empty without a schedule. */
  public String words() {
    return words;
  }

  /** At start-up: with a schedule, the first window is waited for. */
  public void start() {
    wanted = true;
    if (schedule == null) {
      connection.on();
    } else {
      close();
    }
  }

  /** The user wants the connection, and wants it now. */
  public void connect() {
    wanted = true;
    open("the user asked for it");
    connection.on();
  }

  public void disconnect() {
    wanted = false;
    open = false;
    opensAt = null;
    words = "";
    connection.off();
  }

  public void schedule(@Nullable Schedule changed) {
    if (Objects.equals(schedule, changed)) {
      return;
    }
    schedule = changed;
    if (!wanted) {
      return;
    }
    if (changed == null) {
      opensAt = null;
      words = "";
      connection.on();
    } else if (!open) {
      close();
    }
  }

  public void up() {
    connected = true;
    activity.happened();
  }

  public void down() {
    connected = false;
  }

  /** A message of this priority was stored. */
  public void published(int priority) {
    Schedule now = schedule;
    if (now != null && wanted && !open && priority <= now.urgentBelow()) {
      open("a message of priority " + priority);
      connection.on();
    }
  }

  /** Looks at the clock. */
  public void tick() {
    Instant now = clock.instant();
    Duration passed = Duration.between(lastLook, now);
    lastLook = now;
    Schedule current = schedule;
    if (current == null || !wanted) {
      return;
    }
    if (open) {
      if (connected && activity.idleMillis() >= current.idle().toMillis()) {
        close();
      }
    } else if (passed.abs().compareTo(JUMP) > 0) {
      close();
    } else if (opensAt != null && !now.isBefore(opensAt)) {
      open("the schedule");
      connection.on();
    }
  }

  private void open(String why) {
    if (schedule != null) {
      logger.info("{}: connection window opens: {}", name, why);
      words = "window open: " + why;
    }
    open = true;
    opensAt = null;
    activity.happened();
  }

  private void close() {
    Schedule current = schedule;
    if (current == null) {
      return;
    }
    open = false;
    Instant next = current.next(clock.instant());
    opensAt = next == null ? null : next.plusMillis(spread(current));
    words =
        opensAt == null
            ? "window closed, and the expression opens no other"
            : "window closed, the next one opens at " + opensAt.truncatedTo(ChronoUnit.SECONDS);
    logger.info("{}: connection {}", name, words);
    connection.off();
  }

  private long spread(Schedule current) {
    return (long) (current.spread().toMillis() * random.nextDouble());
  }
}
