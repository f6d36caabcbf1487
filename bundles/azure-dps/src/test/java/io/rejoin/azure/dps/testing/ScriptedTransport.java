/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import io.rejoin.azure.dps.protocol.DpsAnswer;
import io.rejoin.azure.dps.protocol.DpsCall;
import io.rejoin.azure.dps.protocol.DpsTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as told, in order, and remembers what it was asked. */
public final class ScriptedTransport implements DpsTransport {

  private interface Turn {
    DpsAnswer take() throws IOException;
  }

  private final Deque<Turn> turns = new ArrayDeque<>();
  private final List<DpsCall> calls = new ArrayList<>();
  private final List<Duration> limits = new ArrayList<>();

  public ScriptedTransport answer(int status, String body) {
    return answer(status, body, null, null);
  }

  public ScriptedTransport answer(
      int status, String body, @Nullable String retryAfter, @Nullable String date) {
    turns.add(() -> new DpsAnswer(status, body, retryAfter, date));
    return this;
  }

  public ScriptedTransport fail(IOException exception) {
    turns.add(
        () -> {
          throw exception;
        });
    return this;
  }

  @Override
  public DpsAnswer send(DpsCall call, Duration limit) throws IOException {
    calls.add(call);
    limits.add(limit);
    if (turns.isEmpty()) {
      throw new AssertionError("nobody told what to answer to " + call);
    }
    return turns.remove().take();
  }

  public List<DpsCall> calls() {
    return calls;
  }

  public List<Duration> limits() {
    return limits;
  }
}
