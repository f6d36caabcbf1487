/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SendingThreadTest {
  private final SendingThread sending = new SendingThread();
  private final OutputStream out =
      new TellingOutputStream(OutputStream.nullOutputStream(), new FirstWords(), sending);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean interrupted = new AtomicBoolean();

  @Test
  void shouldHaveNothingToEndBeforeAnythingWasSent() {
    assertTrue(sending.end());
  }

  @Test
  void shouldEndAThreadThatWaitsForMoreToSend() throws Exception {
    Thread thread = afterSending(release::await, Thread.State.WAITING);

    assertFalse(sending.end());

    thread.join();
    assertTrue(interrupted.get());
    assertTrue(sending.end());
  }

  @Test
  void shouldLeaveAThreadAloneThatIsAtWork() throws Exception {
    Thread thread =
        afterSending(() -> release.await(20, TimeUnit.SECONDS), Thread.State.TIMED_WAITING);

    assertFalse(sending.end());

    release.countDown();
    thread.join();
    assertFalse(interrupted.get());
    assertTrue(sending.end());
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** A thread that sends a byte and then works; returns when it is in this state. */
  private Thread afterSending(Work work, Thread.State state) {
    Thread thread = new Thread(() -> send(work));
    thread.start();
    while (thread.getState() != state) {
      LockSupport.parkNanos(1_000_000);
    }
    return thread;
  }

  private void send(Work work) {
    try {
      out.write(16);
      work.run();
    } catch (InterruptedException e) {
      interrupted.set(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
