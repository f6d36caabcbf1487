/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.reconnect.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of messages, and says it in the log without flooding it. */
final class Tally {
  private static final Logger logger = LoggerFactory.getLogger(Tally.class);
  private static final long LOG_MILLIS = 60_000;

  long confirmed;
  long resent;
  long rejected;
  long expired;
  long dropped;
  long refused;
  private long loggedAtMillis;

  void rejected(String messageId, String why) {
    rejected++;
    logger.warn("Message {} was set aside: {}", messageId, why);
  }

  void expired(Moment now) {
    expired++;
    logLoss(now, "because of their age", expired);
  }

  void dropped(Moment now, String why) {
    dropped++;
    logLoss(now, why, dropped);
  }

  private void logLoss(Moment now, String why, long total) {
    if (total == 1 || now.monotonicMillis() - loggedAtMillis >= LOG_MILLIS) {
      loggedAtMillis = now.monotonicMillis();
      logger.warn("Messages dropped {}: {} so far", why, total);
    }
  }
}
