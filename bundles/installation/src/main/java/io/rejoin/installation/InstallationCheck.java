/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells about a Java that is too old at once, and about bundles of Rejoin that are not resolved
 * some time after the last of them came: DeploymentAdmin calls such an installation a success and
 * says nothing more. Its thread lives only while a check is due.
 */
final class InstallationCheck implements BundleListener {

  private static final Logger logger = LoggerFactory.getLogger(InstallationCheck.class);

  private final BundleContext context;
  private final long settleMs;
  private final ScheduledThreadPoolExecutor clock;
  private @Nullable Future<?> due;

  InstallationCheck(BundleContext context, long settleMs) {
    this.context = context;
    this.settleMs = settleMs;
    clock =
        new ScheduledThreadPoolExecutor(
            1,
            runnable -> {
              Thread thread = new Thread(runnable, "rejoin-installation-check");
              thread.setDaemon(true);
              return thread;
            });
    clock.setKeepAliveTime(1, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    clock.setRemoveOnCancelPolicy(true);
  }

  void open() {
    String complaint = JavaVersion.complaint(System.getProperty("java.specification.version"));
    if (!complaint.isEmpty()) {
      logger.error(complaint);
    }
    context.addBundleListener(this);
    schedule();
  }

  void close() {
    context.removeBundleListener(this);
    clock.shutdownNow();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    int news = BundleEvent.INSTALLED | BundleEvent.UPDATED | BundleEvent.UNRESOLVED;
    if ((event.getType() & news) != 0 && Diagnosis.isOurs(event.getBundle())) {
      schedule();
    }
  }

  private synchronized void schedule() {
    if (due != null) {
      due.cancel(false);
    }
    if (!clock.isShutdown()) {
      due = clock.schedule(this::report, settleMs, TimeUnit.MILLISECONDS);
    }
  }

  private void report() {
    try {
      Bundle[] bundles = context.getBundles();
      List<String> complaints = Diagnosis.of(bundles);
      complaints.forEach(logger::error);
      if (complaints.isEmpty()) {
        logger.info("All bundles of Rejoin are resolved");
      }
    } catch (IllegalStateException e) {
      logger.debug("Stopped while checking", e);
    }
  }
}
