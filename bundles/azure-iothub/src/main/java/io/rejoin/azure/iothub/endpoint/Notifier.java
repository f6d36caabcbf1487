/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners, in order, on a thread of its own that ends when there is nothing to tell: what a
 * listener does must not hold up the outbox or the connection.
 */
final class Notifier {
  private static final Logger logger = LoggerFactory.getLogger(Notifier.class);
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor thread;

  Notifier(String name) {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            runnable -> {
              Thread created = new Thread(runnable, "rejoin-listeners-" + name);
              created.setDaemon(true);
              return created;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  void tell(Runnable news) {
    try {
      thread.execute(() -> guarded(news));
    } catch (RejectedExecutionException e) {
      logger.debug("News after the end: {}", e.getMessage());
    }
  }

  /** Tells what is still queued, without waiting for it. */
  void stop() {
    thread.shutdown();
  }

  private static void guarded(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      logger.warn("A listener failed", e);
    }
  }
}
