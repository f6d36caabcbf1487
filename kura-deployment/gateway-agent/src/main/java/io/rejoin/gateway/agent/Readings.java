/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.util.Date;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/** Publishes one reading a period, as an application would, and counts. Thread-safe. */
final class Readings implements CloudDeliveryListener {

  private final Timeline timeline;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "readings");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable CloudPublisher publisher;
  private long sequence;
  private long accepted;
  private long confirmed;
  private boolean refusing = true;

  Readings(Timeline timeline) {
    this.timeline = timeline;
  }

  void start(long periodMs) {
    var unused = clock.scheduleAtFixedRate(this::publish, 0, periodMs, TimeUnit.MILLISECONDS);
  }

  void stop() throws InterruptedException {
    clock.shutdown();
    clock.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** The publisher of the moment, which comes and goes with its bundle; null for none. */
  void use(@Nullable CloudPublisher newPublisher) {
    publisher = newPublisher;
  }

  private void publish() {
    CloudPublisher current = publisher;
    if (current == null) {
      refused(true, "there is no publisher");
      return;
    }
    try {
      KuraPayload payload = new KuraPayload();
      payload.setTimestamp(new Date());
      payload.addMetric("sequence", ++sequence);
      payload.addMetric("temperature", 20 + 5 * Math.sin(sequence / 10.0));
      current.publish(new KuraMessage(payload));
      refused(false, "");
      synchronized (this) {
        accepted++;
      }
    } catch (KuraException | RuntimeException e) {
      refused(true, String.valueOf(e.getMessage()));
    }
  }

  private void refused(boolean now, String why) {
    if (now != refusing) {
      timeline.print(now ? "readings are refused: " + why : "readings are accepted");
      refusing = now;
    }
  }

  @Override
  public synchronized void onMessageConfirmed(String messageId) {
    confirmed++;
    notifyAll();
  }

  synchronized long accepted() {
    return accepted;
  }

  synchronized long confirmed() {
    return confirmed;
  }

  /** Waits until so many readings were confirmed. */
  synchronized boolean awaitConfirmed(long atLeast, long limitMs) throws InterruptedException {
    long end = System.nanoTime() + limitMs * 1_000_000;
    while (confirmed < atLeast) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
