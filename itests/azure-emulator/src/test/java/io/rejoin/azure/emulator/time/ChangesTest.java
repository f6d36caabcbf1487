/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.time;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Changes changes = new Changes();

  @Test
  void shouldSeeAChangeThatIsMadeAfterTheConditionWasAsked() {
    AtomicBoolean changed = new AtomicBoolean();
    changes.await(
        "the change",
        () -> {
          boolean before = changed.getAndSet(true);
          changes.signal();
          return before;
        },
        () -> "",
        SOON);

    assertTrue(changed.get());
  }

  @Test
  void shouldAskWithoutALockOfItsOwn() {
    ReentrantLock shared = new ReentrantLock();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Void> signalling =
        CompletableFuture.runAsync(
            () -> {
              shared.lock();
              try {
                locked.countDown();
                awaitUninterruptibly(asked);
                changes.signal();
              } finally {
                shared.unlock();
              }
            });
    awaitUninterruptibly(locked);

    assertTimeoutPreemptively(
        SOON,
        () ->
            changes.await(
                "the lock",
                () -> {
                  asked.countDown();
                  shared.lock();
                  shared.unlock();
                  return true;
                },
                () -> "",
                SOON));
    signalling.join();
  }

  @Test
  void shouldTellWhatWasExpectedAndWhatIs() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> changes.await("rain", () -> false, () -> "sun", Duration.ofMillis(1)));

    assertTrue(error.getMessage().contains("rain; sun"), error.getMessage());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
