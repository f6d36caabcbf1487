/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.testbed.StoreCall;
import io.rejoin.testbed.crypto.TestCrypto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreProviderTest {
  private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);
  private static final String STORE = "org.example.Store-1";
  private static final long LIMIT_SECONDS = 10;

  @TempDir Path directory;
  private final List<H2StoreProvider> providers = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private CryptoService crypto;
  private H2StoreProvider provider;
  private MessageStore store;

  @BeforeEach
  void open() throws KuraStoreException {
    crypto = TestCrypto.in(directory);
    provider = provider(memoryUrl());
    store = provider.openMessageStore(STORE);
  }

  @AfterEach
  void close() throws InterruptedException {
    for (H2StoreProvider each : List.copyOf(providers)) {
      stop(each);
    }
  }

  @Test
  void shouldKeepAMessageAsItWasGiven() throws KuraStoreException {
    int id = store.store("topic", PAYLOAD, 1, true, 7);

    StoredMessage message = store.get(id).orElseThrow();
    assertEquals("topic", message.getTopic());
    assertArrayEquals(PAYLOAD, message.getPayload());
    assertEquals(1, message.getQos());
    assertTrue(message.isRetain());
    assertEquals(7, message.getPriority());
    assertEquals(now, message.getCreatedOn().map(Date::toInstant).orElseThrow());
    assertEquals(Optional.empty(), message.getPublishedOn());
    assertEquals(Optional.empty(), message.getDataTransportToken());
  }

  @Test
  void shouldRefuseAMessageWithoutTopic() {
    assertThrows(KuraStoreException.class, () -> store.store(" ", PAYLOAD, 1, false, 7));
  }

  @Test
  void shouldGiveTheMostUrgentAndThenTheOldest() throws KuraStoreException {
    int late = storeAt(2, 5);
    int early = storeAt(1, 5);
    int urgent = storeAt(3, 0);

    assertEquals(List.of(urgent, early, late), publishAll());
  }

  @Test
  void shouldLetYoungerOvertakeWhenTheClockIsSetBack() throws KuraStoreException {
    int first = storeAt(100, 5);
    int second = storeAt(-3600, 5);

    assertEquals(List.of(second, first), publishAll());
  }

  @Test
  void shouldKeepTheTokenOfAMessageInFlight() throws KuraStoreException {
    int id = store.store("topic", PAYLOAD, 1, false, 7);
    DataTransportToken token = new DataTransportToken(42, "session");

    store.markAsPublished(id, token);

    assertEquals(Optional.empty(), store.getNextMessage());
    StoredMessage inFlight = store.getInFlightMessages().get(0);
    assertEquals(Optional.of(token), inFlight.getDataTransportToken());
    assertNull(inFlight.getPayload());
  }

  @Test
  void shouldBringBackWhatIsInFlightButNotQosZero() throws KuraStoreException {
    int lost = store.store("lost", PAYLOAD, 0, false, 7);
    int again = store.store("again", PAYLOAD, 1, false, 7);
    int confirmed = store.store("confirmed", PAYLOAD, 1, false, 7);
    store.markAsPublished(lost);
    store.markAsPublished(again, token());
    store.markAsPublished(confirmed, token());
    store.markAsConfirmed(confirmed);

    store.unpublishAllInFlighMessages();

    assertEquals(List.of(again), ids(store.getUnpublishedMessages()));
    assertEquals(List.of(), ids(store.getInFlightMessages()));
    assertEquals(3, store.getMessageCount());
  }

  @Test
  void shouldBringBackDroppedMessagesTooStillMarkedAsDropped() throws KuraStoreException {
    int id = store.store("topic", PAYLOAD, 1, false, 7);
    store.markAsPublished(id, token());
    store.dropAllInFlightMessages();

    store.unpublishAllInFlighMessages();

    assertEquals(List.of(id), ids(store.getUnpublishedMessages()));
    assertEquals(List.of(id), ids(store.getDroppedMessages()));
  }

  @Test
  void shouldDeleteWhatIsDoneForLongEnough() throws KuraStoreException {
    int waiting = store.store("waiting", PAYLOAD, 1, false, 7);
    int confirmed = store.store("confirmed", PAYLOAD, 1, false, 7);
    int qosZero = store.store("qos 0", PAYLOAD, 0, false, 7);
    store.markAsPublished(confirmed, token());
    store.markAsConfirmed(confirmed);
    store.markAsPublished(qosZero);

    now = now.plusSeconds(59);
    store.deleteStaleMessages(60);
    assertEquals(3, store.getMessageCount());
    now = now.plusSeconds(1);
    store.deleteStaleMessages(60);

    assertEquals(1, store.getMessageCount());
    assertTrue(store.get(waiting).isPresent());
  }

  @Test
  void shouldDoNothingToAMessageThatIsNotThere() throws KuraStoreException {
    store.markAsPublished(99, token());
    store.markAsConfirmed(99);

    assertEquals(Optional.empty(), store.get(99));
  }

  @Test
  void shouldKeepStoresApartByNameAndMessagesBeyondAStore() throws KuraStoreException {
    int id = store.store("topic", PAYLOAD, 1, false, 7);
    store.close();

    assertEquals(0, provider.openMessageStore("other").getMessageCount());
    assertEquals(List.of(id), ids(provider.openMessageStore(STORE).getUnpublishedMessages()));
  }

  @Test
  void shouldKeepAFileBeyondAProvider() throws Exception {
    H2StoreProvider file = provider(fileUrl("db"));
    int id = file.openMessageStore(STORE).store("topic", PAYLOAD, 1, false, 7);
    stop(file);

    MessageStore again = provider(fileUrl("db")).openMessageStore(STORE);

    assertArrayEquals(PAYLOAD, again.get(id).orElseThrow().getPayload());
  }

  @Test
  void shouldForgetADatabaseInMemory() throws Exception {
    store.store("topic", PAYLOAD, 1, false, 7);
    stop(provider);

    MessageStore again = provider(memoryUrl()).openMessageStore(STORE);

    assertEquals(0, again.getMessageCount());
  }

  @Test
  void shouldThrowAnUncheckedExceptionAfterTheProviderIsGone() throws Exception {
    stop(provider);

    assertThrows(RejectedExecutionException.class, () -> store.getNextMessage());
  }

  @Test
  void shouldFailForAnInterruptedCallerAndStayInterrupted() {
    // Else the answer may be there before the caller begins to wait.
    provider.block();
    Thread.currentThread().interrupt();

    assertThrows(KuraStoreException.class, () -> store.getMessageCount());
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldRefuseASecondDatabaseOfTheSameUrl() {
    H2StoreProvider second = provider(memoryUrl() + ";WRITE_DELAY=0");

    assertThrows(KuraStoreException.class, () -> second.openMessageStore("a"));
  }

  @Test
  void shouldFailWithAPlainPassword() {
    H2StoreProvider plain = provider("jdbc:h2:mem:plain", "secret");

    assertThrows(KuraStoreException.class, () -> plain.openMessageStore("a"));
  }

  @Test
  void shouldDeleteTheFileThatItCannotOpen() throws Exception {
    H2StoreProvider file = provider(fileUrl("db"));
    file.openMessageStore(STORE).store("topic", PAYLOAD, 1, false, 7);
    stop(file);
    String other = new String(crypto.encryptAes("other".toCharArray()));

    MessageStore emptied = provider(fileUrl("db"), other).openMessageStore(STORE);

    assertEquals(0, emptied.getMessageCount());
  }

  @Test
  void shouldDeleteADamagedFile() throws Exception {
    Files.writeString(directory.resolve("damaged.mv.db"), "no database");

    assertEquals(0, provider(fileUrl("damaged")).openMessageStore("a").getMessageCount());
  }

  @Test
  void shouldStayOpenOverAnUpdateThatChangesNothing() throws Exception {
    BlockingQueue<String> events = listen(provider);

    provider.update(properties(memoryUrl(), ""));

    assertEquals(0, store.getMessageCount());
    stop(provider);
    assertEquals("disconnected", next(events));
    assertTrue(events.isEmpty());
  }

  @Test
  void shouldTellListenersOfAnotherUrl() throws Exception {
    BlockingQueue<String> events = listen(provider);

    provider.update(properties("jdbc:h2:mem:elsewhere", ""));

    assertEquals("disconnected", next(events));
    assertEquals("connected", next(events));
    // The table of the store is in the old database.
    assertThrows(KuraStoreException.class, () -> store.getMessageCount());
  }

  @Test
  void shouldFailOnDemand() throws KuraStoreException {
    provider.fail(StoreCall.STORE, 2);

    assertThrows(KuraStoreException.class, () -> store.store("a", PAYLOAD, 1, false, 7));
    assertEquals(0, store.getMessageCount());
    assertThrows(KuraStoreException.class, () -> store.store("a", PAYLOAD, 1, false, 7));
    store.store("a", PAYLOAD, 1, false, 7);
  }

  @Test
  void shouldGoAndComeOnDemand() throws Exception {
    BlockingQueue<String> events = listen(provider);
    int id = store.store("topic", PAYLOAD, 1, false, 7);

    provider.interrupt();
    assertEquals("disconnected", next(events));
    assertThrows(KuraStoreException.class, () -> store.getMessageCount());
    provider.restore();

    assertEquals("connected", next(events));
    assertEquals(List.of(id), ids(store.getUnpublishedMessages()));
  }

  @Test
  void shouldLetCallersWaitOnDemand() throws Exception {
    provider.block();
    CompletableFuture<Integer> count =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return store.getMessageCount();
              } catch (KuraStoreException e) {
                throw new IllegalStateException(e);
              }
            });
    assertFalse(count.isDone());

    provider.unblock();

    assertEquals(0, count.get(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void shouldDefragmentWithoutLosingAnythingAndWithoutADisconnect() throws Exception {
    H2StoreProvider file = provider(fileUrl("db"));
    MessageStore onFile = file.openMessageStore(STORE);
    BlockingQueue<String> events = listen(file);
    int id = onFile.store("topic", PAYLOAD, 1, false, 7);

    file.defragment();

    assertEquals("connected", next(events));
    assertEquals(List.of(id), ids(onFile.getUnpublishedMessages()));
  }

  private int storeAt(long seconds, int priority) throws KuraStoreException {
    Instant before = now;
    now = now.plus(Duration.ofSeconds(seconds));
    try {
      return store.store("topic", PAYLOAD, 1, false, priority);
    } finally {
      now = before;
    }
  }

  private List<Integer> publishAll() throws KuraStoreException {
    List<Integer> ids = new ArrayList<>();
    Optional<StoredMessage> next = store.getNextMessage();
    while (next.isPresent()) {
      ids.add(next.get().getId());
      store.markAsPublished(next.get().getId(), token());
      next = store.getNextMessage();
    }
    return ids;
  }

  private H2StoreProvider provider(String url) {
    return provider(url, "");
  }

  private H2StoreProvider provider(String url, String password) {
    H2StoreProvider created = new H2StoreProvider(crypto, properties(url, password), () -> now);
    providers.add(created);
    return created;
  }

  private void stop(H2StoreProvider stopped) throws InterruptedException {
    providers.remove(stopped);
    stopped.stop();
  }

  private String memoryUrl() {
    return "jdbc:h2:mem:" + directory.getFileName();
  }

  private String fileUrl(String name) {
    return "jdbc:h2:file:" + directory.resolve(name);
  }

  private static Map<String, Object> properties(String url, String password) {
    return new HashMap<>(Map.of("db.connector.url", url, "db.password", password));
  }

  /** Adds a listener once the database is open, so that it hears what comes after. */
  private static BlockingQueue<String> listen(H2StoreProvider provider) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    provider.addListener(
        new ConnectionListener() {
          @Override
          public void connected() {
            events.add("connected");
          }

          @Override
          public void disconnected() {
            events.add("disconnected");
          }
        });
    // The "connected" of the opening is still on its way, or was told before: wait for one more.
    provider.openMessageStore("events");
    provider.interrupt();
    while (!"disconnected".equals(next(events))) {
      // told of the opening
    }
    provider.restore();
    assertEquals("connected", next(events));
    return events;
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    return events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static DataTransportToken token() {
    return new DataTransportToken(1, "session");
  }

  private static List<Integer> ids(List<StoredMessage> messages) {
    return messages.stream().map(StoredMessage::getId).collect(toList());
  }
}
