/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import static io.rejoin.azure.iothub.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.testing.FakeHubConnection;
import io.rejoin.azure.iothub.testing.MemoryMessageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutboxRunnerTest {
  private final MemoryMessageStore store = new MemoryMessageStore();
  private final FakeHubConnection connection = new FakeHubConnection();
  private final AtomicInteger confirmed = new AtomicInteger();
  private volatile OutboxListener listener = id -> confirmed.incrementAndGet();
  private final OutboxRunner runner =
      new OutboxRunner("test", OutboxSettings.defaults(), "i", id -> listener.confirmed(id));

  @AfterEach
  void stop() {
    runner.stop();
  }

  @Test
  void shouldLoseNothingAndLeakNoSlotWhenConfirmedAtOnce() throws Exception {
    int messages = 1_000_000;
    connection.hub = (message, delivery) -> delivery.confirmed();
    running();
    connection.up();

    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (int i = 1; i <= messages; i++) {
      last = runner.submit(OutboxHarness.message("m" + i), 7);
      if (i % 1_000 == 0) {
        last.get();
      }
    }

    eventually("all confirmed", () -> confirmed.get() == messages);
    eventually("none stored", () -> runner.status().stored() == 0);
    assertEquals(0, runner.status().inFlight());
    assertEquals(messages, connection.sent().size());
    assertEquals(0, runner.status().resent());
  }

  @Test
  void shouldTellTheStoreWhatIsDoneWhileItStoresMore() throws Exception {
    running();
    connection.up();
    publish("done");
    eventually("sent", () -> connection.unanswered() == 1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    connection.hub =
        (message, delivery) -> {
          busy.countDown();
          awaitQuietly(go);
        };
    publish("sending");
    awaitQuietly(busy);

    Phaser both = new Phaser(2);
    AtomicReference<String> alone = new AtomicReference<>();
    store.storing = () -> meet(both, () -> alone.set("stored alone"));
    store.confirming = () -> meet(both, () -> alone.set("told alone"));
    connection.confirmAll();
    CompletableFuture<Void> stored = runner.submit(OutboxHarness.message("stored"), 7);
    go.countDown();

    stored.get(20, TimeUnit.SECONDS);
    eventually("told", () -> runner.status().stored() == 1);
    assertNull(alone.get());
  }

  /** Waits for the other, once. */
  private static void meet(Phaser both, Runnable alone) {
    try {
      if (both.getPhase() == 0) {
        both.awaitAdvanceInterruptibly(both.arrive(), 5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | TimeoutException e) {
      alone.run();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, TimeUnit.SECONDS), "the other did not come");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldTellTheStoreWhatIsDoneBeforeItEnds() throws Exception {
    running();
    connection.up();
    publish("m");
    eventually("sent", () -> connection.unanswered() == 1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    store.storing =
        () -> {
          busy.countDown();
          awaitQuietly(go);
        };
    runner.submit(OutboxHarness.message("n"), 7);
    awaitQuietly(busy);

    runner.stop();
    connection.confirmAll();
    go.countDown();

    eventually("let go", () -> store.listeners.isEmpty());
    assertEquals(1, store.rows().stream().filter(row -> row.getConfirmedOn().isPresent()).count());
  }

  @Test
  void shouldKeepTheWindowWhenConfirmedFromAnotherThread() throws Exception {
    ExecutorService hub = Executors.newSingleThreadExecutor();
    AtomicInteger most = new AtomicInteger();
    connection.hub =
        (message, delivery) -> {
          most.accumulateAndGet(connection.unanswered(), Math::max);
          hub.execute(delivery::confirmed);
        };
    running();
    connection.up();

    publishFrom(4, 2_500);

    eventually("all confirmed", () -> confirmed.get() == 10_000);
    assertTrue(most.get() <= 100, "in flight: " + most);
    hub.shutdown();
  }

  @Test
  void shouldSendWhatWasStoredBeforeConnectionAndStoreCame() throws Exception {
    runner.start();
    assertThrows(KuraStoreException.class, () -> publish("early"));
    runner.connection(connection);
    connection.up();
    assertThrows(KuraStoreException.class, () -> publish("as-early"));

    runner.store(store);
    publish("m");

    eventually("sent", () -> connection.sent().equals(List.of("m")));
    assertEquals(2, runner.status().refused());
  }

  @Test
  void shouldOpenTheStoreAgainWhenTheDatabaseComesBack() throws Exception {
    running();
    publish("before");
    store.away(true);
    eventually("noticed", () -> !runner.status().storeOpen());
    KuraStoreException refused = assertThrows(KuraStoreException.class, () -> publish("away"));
    assertTrue(refused.getMessage().contains("database"), refused.getMessage());

    store.away(false);
    eventually("back", () -> runner.status().storeOpen());
    publish("after");
    connection.up();

    eventually("sent", () -> connection.sent().equals(List.of("before", "after")));
  }

  @Test
  void shouldLetGoOfAStoreThatIsReplaced() throws Exception {
    running();
    publish("old");
    MemoryMessageStore other = new MemoryMessageStore();

    runner.store(other);
    publish("new");
    connection.up();

    eventually("sent", () -> connection.sent().equals(List.of("new")));
    assertEquals(List.of(), store.listeners);
    runner.store(store);
    eventually("found again", () -> connection.sent().equals(List.of("new", "old")));
  }

  @Test
  void shouldSendAgainOverAnotherConnection() throws Exception {
    running();
    connection.up();
    publish("m");
    eventually("sent", () -> connection.unanswered() == 1);

    FakeHubConnection other = FakeHubConnection.acknowledgingAtOnce();
    runner.connection(other);
    other.up();

    eventually("confirmed", () -> confirmed.get() == 1);
    assertEquals(List.of("m"), other.sent());
    eventually("listens no more", () -> connection.listeners.isEmpty());
    connection.confirmAll();
    publish("n");
    eventually("confirmed", () -> confirmed.get() == 2);
  }

  @Test
  void shouldSendAgainWhenTheConnectionThrows() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    connection.hub =
        (message, delivery) -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("a bug below");
          }
          delivery.confirmed();
        };
    running();
    connection.up();

    publish("m");

    eventually("confirmed", () -> confirmed.get() == 1);
    assertEquals(2, calls.get());
  }

  @Test
  void shouldRefuseAtOnceWhatTheHubWouldNeverTake() throws Exception {
    running();
    OutgoingMessage large =
        new OutgoingMessage(new byte[300_000], "m", null, 0, null, null, Map.of(), 1);

    KuraException e = assertThrows(KuraException.class, () -> runner.publish(large, 7));

    assertEquals(KuraErrorCode.BAD_REQUEST, e.getCode());
    assertEquals(0, store.rows().size());
  }

  @Test
  void shouldSendQos0OnlyWhileConnectedAndNeverStoreIt() throws Exception {
    running();
    OutgoingMessage message =
        new OutgoingMessage(new byte[1], "q", null, 0, null, null, Map.of(), 0);
    assertThrows(KuraNotConnectedException.class, () -> runner.publish(message, 7));

    connection.up();
    eventually("connected", () -> published(message));

    assertEquals(List.of("q"), connection.sent());
    assertEquals(0, store.rows().size());
    connection.down(false);
    eventually("refused again", () -> !published(message));
  }

  @Test
  void shouldNotLetQos0GrowWithoutLimit() throws Exception {
    running();
    connection.up();
    OutgoingMessage message =
        new OutgoingMessage(new byte[1], "q", null, 0, null, null, Map.of(), 0);
    eventually("connected", () -> published(message));
    for (int i = 1; i < 100; i++) {
      runner.publish(message, 7);
    }

    KuraException e = assertThrows(KuraException.class, () -> runner.publish(message, 7));
    assertEquals(KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, e.getCode());

    connection.confirmAll();
    runner.publish(message, 7);
  }

  @Test
  void shouldLetADeliveryListenerPublish() throws Exception {
    connection.hub = (message, delivery) -> delivery.confirmed();
    AtomicReference<KuraException> failure = new AtomicReference<>();
    listener =
        id -> {
          if (confirmed.incrementAndGet() < 10) {
            try {
              publish("reply-" + confirmed.get());
            } catch (KuraException e) {
              failure.set(e);
            }
          }
        };
    running();
    connection.up();

    publish("first");

    eventually("ten", () -> confirmed.get() == 10);
    assertEquals(null, failure.get());
  }

  @Test
  void shouldRefuseAfterTheEndAndLetNobodyWait() throws Exception {
    running();
    connection.up();
    runner.stop();

    eventually("let go", () -> connection.listeners.isEmpty() && store.listeners.isEmpty());
    assertThrows(KuraStoreException.class, () -> publish("late"));
  }

  @Test
  void shouldStoreOrRefuseEachMessageThatRacesWithTheEnd() throws Exception {
    running();
    Map<String, Boolean> stored = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    Future<?> done =
        publisher.submit(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                begun.countDown();
                try {
                  publish("m" + i);
                  stored.put("m" + i, true);
                } catch (KuraStoreException refused) {
                  return null;
                }
              }
              return null;
            });
    assertTrue(begun.await(10, TimeUnit.SECONDS));

    runner.stop();
    done.get(60, TimeUnit.SECONDS);
    publisher.shutdown();

    assertEquals(stored.size(), store.rows().size());
  }

  private boolean published(OutgoingMessage message) {
    try {
      runner.publish(message, 7);
      return true;
    } catch (KuraException e) {
      return false;
    }
  }

  private void running() {
    runner.start();
    runner.store(store);
    runner.connection(connection);
    eventually("store open", () -> runner.status().storeOpen());
  }

  private void publish(String id) throws KuraException {
    runner.publish(OutboxHarness.message(id), 7);
  }

  private void publishFrom(int threads, int each) throws Exception {
    ExecutorService publishers = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String name = "p" + t + "-";
      all.add(
          publishers.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  publish(name + i);
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    publishers.shutdown();
  }
}
