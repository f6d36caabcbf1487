/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.net.HttpReply;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the provisioning service does wrong, above TLS. Each holds until changed, or until {@link
 * DpsEmulator#clearFaults}. Thread-safe.
 */
public final class DpsFaults {
  private static final int FOREVER = Integer.MAX_VALUE;

  private record Scripted(HttpReply reply, int times) {}

  private final Map<DpsRequest, Scripted> scripted = new EnumMap<>(DpsRequest.class);
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable DpsError assignmentFailure;
  private volatile boolean stuck;

  DpsFaults() {}

  /** Answers all requests of this kind so. */
  public void answer(DpsRequest request, HttpReply reply) {
    answerNext(request, reply, FOREVER);
  }

  /** Answers the next requests of this kind so, before anything else is looked at. */
  public synchronized void answerNext(DpsRequest request, HttpReply reply, int times) {
    scripted.put(request, new Scripted(reply, times));
  }

  /** Answers all requests so. */
  public void answerAll(HttpReply reply) {
    for (DpsRequest request : DpsRequest.values()) {
      answer(request, reply);
    }
  }

  synchronized Optional<HttpReply> take(DpsRequest request) {
    Scripted next = scripted.get(request);
    if (next == null) {
      return Optional.empty();
    }
    if (next.times() == 1) {
      scripted.remove(request);
    } else if (next.times() != FOREVER) {
      scripted.put(request, new Scripted(next.reply(), next.times() - 1));
    }
    return Optional.of(next.reply());
  }

  /** Delays every answer. */
  public void delay(Duration newDelay) {
    delay = newDelay;
  }

  Duration delay() {
    return delay;
  }

  /** Accepts registrations and then reports them as failed, with this error; null ends it. */
  public void failAssignments(@Nullable DpsError error) {
    assignmentFailure = error;
  }

  Optional<DpsError> assignmentFailure() {
    return Optional.ofNullable(assignmentFailure);
  }

  /** Accepts registrations and never comes to an end with them. */
  public void stayAssigning(boolean stay) {
    stuck = stay;
  }

  boolean stuck() {
    return stuck;
  }

  synchronized void clear() {
    scripted.clear();
    delay = Duration.ZERO;
    assignmentFailure = null;
    stuck = false;
  }
}
