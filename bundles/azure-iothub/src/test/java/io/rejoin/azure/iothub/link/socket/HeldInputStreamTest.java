/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HeldInputStreamTest {
  private static final InputStream RESET =
      new InputStream() {
        @Override
        public int read() throws IOException {
          throw new SocketException("Connection reset");
        }

        @Override
        public int available() throws IOException {
          throw new SocketException("Connection reset");
        }
      };

  private final FirstWords words = new FirstWords();
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final OutputStream out = new TellingOutputStream(wire, words, new SendingThread());

  @Test
  void shouldPassOnWhatComesBeforeAnythingWasSent() throws IOException {
    InputStream in = new HeldInputStream(new ByteArrayInputStream(new byte[] {7}), words);

    assertEquals(1, in.available());
    assertEquals(7, in.read());
  }

  @Test
  void shouldHoldTheEndBackUntilSomethingIsSent() throws Exception {
    InputStream in = new HeldInputStream(InputStream.nullInputStream(), words);
    FutureTask<Integer> reading = reading(in::read);

    out.write(new byte[] {16});

    assertEquals(-1, reading.get(10, TimeUnit.SECONDS));
    assertEquals(0, wire.size(), "the failure to send would hide what the server said");
  }

  @Test
  void shouldHoldAFailureBackUntilSomethingIsSent() throws Exception {
    FutureTask<Integer> reading = reading(new HeldInputStream(RESET, words)::available);

    out.write(16);

    Throwable failure =
        assertThrows(ExecutionException.class, () -> reading.get(10, TimeUnit.SECONDS)).getCause();
    assertEquals("Connection reset", failure.getMessage());
  }

  @Test
  void shouldHoldNothingBackAfterwards() throws IOException {
    out.write(16);

    assertEquals(1, wire.size());
    assertEquals(-1, new HeldInputStream(InputStream.nullInputStream(), words).read());
  }

  private interface Reading {
    int run() throws IOException;
  }

  /** Reads on a thread of its own; returns when that waits. */
  private static FutureTask<Integer> reading(Reading reading) {
    FutureTask<Integer> task = new FutureTask<>(reading::run);
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    assertFalse(task.isDone(), "was not held back");
    return task;
  }
}
