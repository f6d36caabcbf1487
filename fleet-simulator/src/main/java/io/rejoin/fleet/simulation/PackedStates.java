/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.simulation;

import io.rejoin.provisioning.Assignment;
import io.rejoin.reconnect.FlowState;
import io.rejoin.reconnect.History;
import io.rejoin.reconnect.Outage;
import io.rejoin.reconnect.Phase;
import io.rejoin.reconnect.Reprovisioning;
import io.rejoin.reconnect.Reprovisioning.Cause;
import io.rejoin.retry.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The flow states of a fleet, each packed into 16 longs of a primitive array: two cache lines a
 * device, and nothing for the garbage collector to follow. Lossless as long as a device makes fewer
 * than 2^31 attempts and the fleet sees no more than 256 different failures, reasons and hubs each.
 */
final class PackedStates {

  private static final int ROW = 16;
  private static final int ROWS_PER_CHUNK_BITS = 12;
  private static final Phase[] PHASES = Phase.values();
  private static final Cause[] CAUSES = Cause.values();

  private final long[][] chunks;
  private final Interned<Failure> failures = new Interned<>();
  private final Interned<String> reasons = new Interned<>();
  private final Interned<Assignment> assignments = new Interned<>();

  PackedStates(int devices) {
    int rows = 1 << ROWS_PER_CHUNK_BITS;
    chunks = new long[(devices + rows - 1) / rows][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new long[Math.min(rows, devices - i * rows) * ROW];
    }
  }

  long bytes() {
    long bytes = 0;
    for (long[] chunk : chunks) {
      bytes += Long.BYTES * (long) chunk.length;
    }
    return bytes;
  }

  void put(int device, FlowState state) {
    long[] chunk = chunks[device >>> ROWS_PER_CHUNK_BITS];
    int row = rowOf(device);
    Outage outage = state.outage();
    Reprovisioning dps = state.reprovisioning();
    History history = state.history();
    chunk[row] = state.since();
    chunk[row + 1] = state.retryAt();
    chunk[row + 2] = outage.firstAt();
    chunk[row + 3] = outage.lastAt();
    chunk[row + 4] = outage.delayFrom();
    chunk[row + 5] = outage.previousDelayMillis();
    chunk[row + 6] = outage.quietMillis();
    chunk[row + 7] = dps.slotAt();
    chunk[row + 8] = dps.notBefore();
    chunk[row + 9] = history.probeNotBefore();
    chunk[row + 10] = history.cutShortSince();
    chunk[row + 11] = pair(Math.toIntExact(state.attempt()), outage.failures());
    chunk[row + 12] = pair(outage.seed(), outage.parked());
    chunk[row + 13] = pair(dps.counted(), dps.occasions());
    chunk[row + 14] = pair(dps.failures(), history.cutShort());
    chunk[row + 15] = rest(state);
  }

  /** Flags and numbers of what few devices differ in. */
  private long rest(FlowState state) {
    Outage outage = state.outage();
    Reprovisioning dps = state.reprovisioning();
    History history = state.history();
    int flags =
        flag(state.hurried(), 0)
            | flag(state.provisionerPresent(), 1)
            | flag(outage.lost(), 2)
            | flag(outage.believed(), 3)
            | flag(dps.owed(), 4)
            | flag(history.answeredOverHttps(), 5)
            | flag(history.registeredSinceStart(), 6)
            | flag(outage.lasting(), 7);
    return flags
        | (long) state.phase().ordinal() << 8
        | (long) dps.cause().ordinal() << 16
        | (long) assignments.number(state.assignment()) << 24
        | (long) reasons.number(outage.gaveUp()) << 32
        | (long) failures.number(outage.reported()) << 40
        | (long) failures.number(outage.answer()) << 48;
  }

  FlowState get(int device) {
    long[] chunk = chunks[device >>> ROWS_PER_CHUNK_BITS];
    int row = rowOf(device);
    long rest = chunk[row + 15];
    return new FlowState(
        PHASES[part(rest, 8)],
        high(chunk[row + 11]),
        chunk[row],
        chunk[row + 1],
        is(rest, 0),
        outage(chunk, row, rest),
        reprovisioning(chunk, row, rest),
        history(chunk, row, rest),
        assignments.get(part(rest, 24)),
        is(rest, 1));
  }

  private Outage outage(long[] chunk, int row, long rest) {
    return new Outage(
        low(chunk[row + 11]),
        chunk[row + 2],
        chunk[row + 3],
        chunk[row + 4],
        chunk[row + 5],
        high(chunk[row + 12]),
        is(rest, 2),
        chunk[row + 6],
        low(chunk[row + 12]),
        Objects.requireNonNull(reasons.get(part(rest, 32))),
        Objects.requireNonNull(failures.get(part(rest, 40))),
        failures.get(part(rest, 48)),
        is(rest, 3),
        is(rest, 7));
  }

  private static Reprovisioning reprovisioning(long[] chunk, int row, long rest) {
    return new Reprovisioning(
        CAUSES[part(rest, 16)],
        high(chunk[row + 13]),
        chunk[row + 7],
        chunk[row + 8],
        is(rest, 4),
        low(chunk[row + 13]),
        high(chunk[row + 14]));
  }

  private static History history(long[] chunk, int row, long rest) {
    return new History(
        chunk[row + 9], is(rest, 5), low(chunk[row + 14]), chunk[row + 10], is(rest, 6));
  }

  private static int rowOf(int device) {
    return (device & (1 << ROWS_PER_CHUNK_BITS) - 1) * ROW;
  }

  private static long pair(int high, int low) {
    return (long) high << 32 | Integer.toUnsignedLong(low);
  }

  private static int high(long pair) {
    return (int) (pair >> 32);
  }

  private static int low(long pair) {
    return (int) pair;
  }

  private static int flag(boolean set, int bit) {
    return set ? 1 << bit : 0;
  }

  private static boolean is(long rest, int bit) {
    return (rest >>> bit & 1) == 1;
  }

  private static int part(long rest, int shift) {
    return (int) (rest >>> shift) & 255;
  }

  /** Few different values, each with a small number. */
  private static final class Interned<T> {
    private static final int MOST = 256;
    private final List<@Nullable T> values = new ArrayList<>();

    int number(@Nullable T value) {
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) == value) {
          return i;
        }
      }
      int known = values.indexOf(value);
      return known >= 0 ? known : add(value);
    }

    private int add(@Nullable T value) {
      if (values.size() == MOST) {
        throw new IllegalStateException("more than " + MOST + " different values: " + value);
      }
      values.add(value);
      return values.size() - 1;
    }

    @Nullable T get(int number) {
      return values.get(number);
    }
  }
}
