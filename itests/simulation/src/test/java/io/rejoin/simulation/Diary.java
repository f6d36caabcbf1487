/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a life, kept only when somebody is going to read it. */
final class Diary {

  private final List<String> entries = new ArrayList<>();
  private final boolean kept;

  private Diary(boolean kept) {
    this.kept = kept;
  }

  static Diary kept() {
    return new Diary(true);
  }

  static Diary none() {
    return new Diary(false);
  }

  void note(VirtualTime time, Supplier<String> what) {
    if (kept) {
      entries.add(time.monotonicMillis() + " " + what.get());
    }
  }

  @Override
  public String toString() {
    return String.join("\n", entries);
  }
}
