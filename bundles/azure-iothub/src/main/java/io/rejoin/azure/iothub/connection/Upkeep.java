/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.schedule.Activity;
import io.rejoin.azure.iothub.schedule.ScheduleKeeper;
import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.Moment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on beside the sessions: whether the connection is wanted now, the watchdog, and the end
 * of the certificate. Looks at the clock every few seconds.
 */
final class Upkeep implements HubConnectionListener {

  private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);
  private static final int LOOK_EVERY_SECONDS = 5;
  private static final int WATCHDOG_EVERY_LOOKS = 6;

  private final Supervisor supervisor;
  private final Executor worker;
  private final Clocks clocks;
  private final Services services;
  private final Activity activity;
  private final ScheduleKeeper schedule;
  private final ConnectionWatchdog watchdog;
  private final CertificateWatch certificate;
  private volatile ConnectionOptions options;
  private long looks;

  /**
   * Nothing is wanted before {@link #start} or {@link #connect}.
   *
   * @param worker for what may block
   * @param dataDirectory Kura's, empty while it is not known
   */
  Upkeep(
      String pid,
      Supervisor supervisor,
      ScheduledExecutorService thread,
      Executor worker,
      Clocks clocks,
      RandomGenerator random,
      Activity activity,
      Services services,
      Supplier<Optional<Path>> dataDirectory,
      ConnectionOptions options,
      Consumer<Event> events) {
    this.supervisor = supervisor;
    this.worker = worker;
    this.clocks = clocks;
    this.services = services;
    this.activity = activity;
    this.options = options;
    schedule =
        new ScheduleKeeper(
            pid, this::now, random, activity, options.wish().schedule(), new Wanted());
    watchdog =
        new ConnectionWatchdog(
            pid,
            new RestartLog(
                () ->
                    dataDirectory
                        .get()
                        .map(data -> data.resolve("rejoin").resolve(pid + ".restarts"))));
    certificate =
        new CertificateWatch(pid, () -> KeystoreCredential.inUse(this.options, services), events);
    var unused =
        thread.scheduleWithFixedDelay(
            () -> supervisor.post(this::look), 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clocks.now().wallMillis());
  }

  private void look() {
    schedule.tick();
    if (looks++ % WATCHDOG_EVERY_LOOKS == 0) {
      watchdog.tick(
          services.watchdog().orElse(null),
          options.wish().watchdogAfter(),
          supervisor.status().phase(),
          clocks.now());
      onWorker(() -> certificate.look(now()));
    }
  }

  // ---- wishes

  void start() {
    supervisor.post(schedule::start);
  }

  void connect() {
    supervisor.post(schedule::connect);
  }

  void disconnect() {
    supervisor.post(schedule::disconnect);
  }

  void options(ConnectionOptions changed) {
    options = changed;
    certificateChanged();
    supervisor.post(() -> schedule.schedule(changed.wish().schedule()));
  }

  void certificateChanged() {
    certificate.changed();
    onWorker(() -> certificate.look(now()));
  }

  /** Some keystore changed; only whoever has the device's certificate knows whether it is that. */
  void keystoreChanged() {
    onWorker(
        () -> {
          if (certificate.isReplaced()) {
            certificateChanged();
            supervisor.hint(Hint.CERTIFICATE_CHANGED);
          }
        });
  }

  private void onWorker(Runnable work) {
    try {
      worker.execute(work);
    } catch (RejectedExecutionException e) {
      logger.debug("Stopped: {}", e.getMessage());
    }
  }

  void published(int priority) {
    if (options.wish().schedule() != null) {
      supervisor.post(() -> schedule.published(priority));
    }
  }

  /** A schedule has to know whether anything is under way. */
  Delivery watched(Delivery delivery) {
    return options.wish().schedule() == null ? delivery : activity.watched(delivery);
  }

  void stop() {
    supervisor.post(watchdog::stop);
  }

  void addTo(Map<String, String> info) {
    Moment now = clocks.now();
    String window = schedule.words();
    if (!window.isEmpty()) {
      info.put("Connection Schedule", window);
    }
    String end = certificate.words(Instant.ofEpochMilli(now.wallMillis()));
    if (end != null) {
      info.put("Certificate Valid Until", end);
    }
  }

  // ---- sessions

  @Override
  public void up(long session) {
    schedule.up();
  }

  @Override
  public void draining(long session) {
    // Still connected.
  }

  @Override
  public void down(long session, boolean onPurpose) {
    schedule.down();
  }

  /** The flow's two buttons. */
  private final class Wanted implements ScheduleKeeper.Switch {
    @Override
    public void on() {
      supervisor.connect();
    }

    @Override
    public void off() {
      supervisor.disconnect();
    }
  }
}
