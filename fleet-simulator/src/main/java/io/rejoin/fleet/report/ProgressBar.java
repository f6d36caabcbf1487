/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.report;

import java.io.PrintWriter;

/** A line on the terminal that grows while a run takes long; nothing where nobody watches. */
public final class ProgressBar {

  private static final int WIDTH = 40;
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final long REFRESH_NANOS = 200_000_000;

  private final String policy;
  private final int devices;
  private final PrintWriter terminal;
  private final boolean interactive;
  private long nextAt = System.nanoTime() + PATIENCE_NANOS;
  private int length;

  public ProgressBar(String policy, int devices, PrintWriter terminal, boolean interactive) {
    this.policy = policy;
    this.devices = devices;
    this.terminal = terminal;
    this.interactive = interactive;
  }

  /** Shows how many devices are back, if it is time to. */
  public void show(int connected) {
    if (!interactive || System.nanoTime() - nextAt < 0) {
      return;
    }
    nextAt = System.nanoTime() + REFRESH_NANOS;
    int done = (int) ((long) WIDTH * connected / devices);
    String line =
        policy
            + " ["
            + "#".repeat(done)
            + " ".repeat(WIDTH - done)
            + "] "
            + connected
            + " of "
            + devices
            + " connected";
    length = Math.max(length, line.length());
    terminal.print("\r" + line);
    terminal.flush();
  }

  /** Takes the line away. */
  public void clear() {
    if (length > 0) {
      terminal.print("\r" + " ".repeat(length) + "\r");
      terminal.flush();
    }
  }
}
