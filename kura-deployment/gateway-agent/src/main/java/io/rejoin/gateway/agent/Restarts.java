/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Stops and starts each of the add-on's bundles, with the buttons of the web console, while
 * readings are published. The gateway has to be as before each time, without a restart.
 */
final class Restarts {

  private static final long LIMIT_MS = 40_000;
  private static final int READINGS = 8;
  private static final String INSTALLED_FROM_A_PACKAGE = "osgi-dp:";

  private final BundleContext context;
  private final WebConsole console;
  private final Timeline timeline;
  private final Readings readings;

  Restarts(BundleContext context, WebConsole console, Timeline timeline, Readings readings) {
    this.context = context;
    this.console = console;
    this.timeline = timeline;
    this.readings = readings;
  }

  void run() throws IOException, InterruptedException {
    List<Bundle> bundles =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getLocation().startsWith(INSTALLED_FROM_A_PACKAGE))
            .toList();
    if (bundles.isEmpty()) {
      throw new IllegalStateException("no bundle was installed from a package");
    }
    for (Bundle bundle : bundles) {
      timeline.print("RESTARTS  stopping and starting " + bundle.getSymbolicName());
      console.stop(bundle);
      console.start(bundle);
      awaitReadings();
    }
  }

  /** Readings that were accepted from now on are confirmed: all of the stack works again. */
  private void awaitReadings() throws InterruptedException {
    long target = readings.accepted() + READINGS;
    if (!readings.awaitConfirmed(target, LIMIT_MS)) {
      throw new IllegalStateException("no reading was confirmed for 40 s after the restart");
    }
  }
}
