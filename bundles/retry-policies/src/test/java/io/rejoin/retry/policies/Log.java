/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What is logged while something runs: slf4j-simple writes to the error stream of the moment. */
final class Log {

  private static boolean listening;

  private Log() {}

  /** Keeps the log of an action off the build's output unless a test wants to see it. */
  static void quietly(Runnable action) {
    if (listening) {
      action.run();
    } else {
      of(action);
    }
  }

  static List<String> of(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, UTF_8));
    listening = true;
    try {
      action.run();
    } finally {
      listening = false;
      System.setErr(before);
    }
    return lines.toString(UTF_8).lines().map(Log::withoutThread).toList();
  }

  /** "[main] INFO io.rejoin.X - text" becomes "INFO text". */
  private static String withoutThread(String line) {
    return line.replaceFirst("^\\[[^]]*] (\\w+) \\S+ - ", "$1 ");
  }
}
