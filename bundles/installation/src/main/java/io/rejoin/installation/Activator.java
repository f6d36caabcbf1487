/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Checks the installation from its start to its stop. */
public final class Activator implements BundleActivator {

  /** How long bundles get to arrive and resolve: packages are replayed one by one at boot. */
  private static final long SETTLE_MS = 30_000;

  /** Framework property with another time, in milliseconds. */
  private static final String SETTLE_PROPERTY = "rejoin.installation.check.ms";

  private @Nullable InstallationCheck check;

  @Override
  public void start(BundleContext context) {
    InstallationCheck started =
        new InstallationCheck(context, settleMs(context.getProperty(SETTLE_PROPERTY)));
    started.open();
    check = started;
  }

  @Override
  public void stop(BundleContext context) {
    if (check != null) {
      check.close();
      check = null;
    }
  }

  private static long settleMs(@Nullable String value) {
    try {
      return value == null ? SETTLE_MS : Math.max(0, Long.parseLong(value));
    } catch (NumberFormatException e) {
      return SETTLE_MS;
    }
  }
}
