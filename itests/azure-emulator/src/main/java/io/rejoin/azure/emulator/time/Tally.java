/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters named by an enum. Thread-safe; each count is signalled. */
public final class Tally<E extends Enum<E>> {
  private final Map<E, LongAdder> counts;
  private final Class<E> names;
  private final Changes changes;

  public Tally(Class<E> names, Changes changes) {
    this.names = names;
    this.changes = changes;
    this.counts = new EnumMap<>(names);
    for (E name : names.getEnumConstants()) {
      counts.put(name, new LongAdder());
    }
  }

  public void count(E name) {
    adder(name).increment();
    changes.signal();
  }

  public long get(E name) {
    return adder(name).sum();
  }

  /** All counts, in the enum's order. */
  public Map<E, Long> all() {
    Map<E, Long> result = new EnumMap<>(names);
    counts.forEach((name, adder) -> result.put(name, adder.sum()));
    return result;
  }

  private LongAdder adder(E name) {
    LongAdder adder = counts.get(name);
    if (adder == null) {
      throw new IllegalArgumentException("no such counter: " + name);
    }
    return adder;
  }
}
