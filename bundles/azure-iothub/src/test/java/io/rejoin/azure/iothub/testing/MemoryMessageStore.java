/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;

/**
 * One table of a message store in memory that behaves as Kura 5.6's on H2: identity column, next
 * message by priority and creation time among those never published, every call one statement, a
 * closed database throws. Insists on being called by one thread, but for what is confirmed, and can
 * be made to fail before or after it has done what it was asked.
 */
public final class MemoryMessageStore implements MessageStore, MessageStoreProvider {
  public enum Failure {
    BEFORE,
    AFTER
  }

  private static final class Row {
    final int id;
    final String topic;
    final byte[] payload;
    final int qos;
    final int priority;
    final long createdOn;
    Long publishedOn;
    Long confirmedOn;
    Long droppedOn;
    DataTransportToken token;

    Row(int id, String topic, byte[] payload, int qos, int priority, long createdOn) {
      this.id = id;
      this.topic = topic;
      this.payload = payload;
      this.qos = qos;
      this.priority = priority;
      this.createdOn = createdOn;
    }

    boolean inFlight() {
      return publishedOn != null && qos > 0 && confirmedOn == null;
    }

    StoredMessage message() {
      return new StoredMessage.Builder(id)
          .withTopic(topic)
          .withPayload(payload)
          .withQos(qos)
          .withPriority(priority)
          .withCreatedOn(new Date(createdOn))
          .withPublishedOn(publishedOn == null ? null : new Date(publishedOn))
          .withConfirmedOn(confirmedOn == null ? null : new Date(confirmedOn))
          .withDroppedOn(droppedOn == null ? null : new Date(droppedOn))
          .withDataTransportToken(token)
          .build();
    }
  }

  public final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
  public volatile long wallMillis = 1_700_000_000_000L;
  public int calls;
  public volatile int opened;

  /** Run before a message is stored, and before one is confirmed, by the thread that calls. */
  public volatile Runnable storing = () -> {};

  public volatile Runnable confirming = () -> {};

  private final Map<Integer, Row> rows = new HashMap<>();
  private final NavigableSet<Row> waiting =
      new TreeSet<>(
          Comparator.<Row>comparingInt(r -> r.priority)
              .thenComparingLong(r -> r.createdOn)
              .thenComparingInt(r -> r.id));
  private final List<Integer> done = new ArrayList<>();
  private int lastId;
  private int failures;
  private Failure failure = Failure.BEFORE;
  private boolean away;
  private Thread thread;

  /** The next so many calls fail. */
  public synchronized void failNext(int count, Failure how) {
    failures = count;
    failure = how;
  }

  /** The database is gone, or back; listeners are told as Kura tells them. */
  public void away(boolean gone) {
    synchronized (this) {
      away = gone;
    }
    for (ConnectionListener listener : List.copyOf(listeners)) {
      if (gone) {
        listener.disconnected();
      } else {
        listener.connected();
      }
    }
  }

  public synchronized List<StoredMessage> rows() {
    return list(row -> true);
  }

  // --- MessageStoreProvider

  @Override
  public synchronized MessageStore openMessageStore(String name) throws KuraStoreException {
    if (name == null || name.isBlank()) {
      throw new KuraStoreException("the store needs a name");
    }
    return call(
        () -> {
          opened++;
          return this;
        });
  }

  @Override
  public synchronized void addListener(ConnectionListener listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void removeListener(ConnectionListener listener) {
    listeners.remove(listener);
  }

  // --- MessageStore

  @Override
  public int store(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException {
    storing.run();
    return insert(topic, payload, qos, priority);
  }

  private synchronized int insert(String topic, byte[] payload, int qos, int priority)
      throws KuraStoreException {
    if (topic == null || topic.isBlank()) {
      throw new KuraStoreException("topic must be not null and not empty");
    }
    oneThread();
    return call(
        () -> {
          Row row = new Row(++lastId, topic, payload.clone(), qos, priority, wallMillis);
          rows.put(row.id, row);
          waiting.add(row);
          return row.id;
        });
  }

  @Override
  public synchronized void markAsPublished(int id) throws KuraStoreException {
    throw new KuraStoreException("not used");
  }

  @Override
  public synchronized void markAsPublished(int id, DataTransportToken token)
      throws KuraStoreException {
    oneThread();
    call(
        () -> {
          Row row = rows.get(id);
          if (row != null) {
            waiting.remove(row);
            row.publishedOn = wallMillis;
            row.token = token;
          }
          return null;
        });
  }

  @Override
  public void markAsConfirmed(int id) throws KuraStoreException {
    confirming.run();
    confirm(id);
  }

  private synchronized void confirm(int id) throws KuraStoreException {
    call(
        () -> {
          Row row = rows.get(id);
          if (row != null) {
            row.confirmedOn = wallMillis;
            done.add(id);
          }
          return null;
        });
  }

  @Override
  public synchronized Optional<StoredMessage> getNextMessage() throws KuraStoreException {
    oneThread();
    return call(
        () -> waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first().message()));
  }

  @Override
  public synchronized Optional<StoredMessage> get(int id) throws KuraStoreException {
    oneThread();
    return call(() -> Optional.ofNullable(rows.get(id)).map(Row::message));
  }

  @Override
  public synchronized int getMessageCount() throws KuraStoreException {
    oneThread();
    return call(rows::size);
  }

  @Override
  public synchronized void unpublishAllInFlighMessages() throws KuraStoreException {
    oneThread();
    call(
        () -> {
          rows.values().stream()
              .filter(Row::inFlight)
              .forEach(
                  row -> {
                    row.publishedOn = null;
                    waiting.add(row);
                  });
          return null;
        });
  }

  /** As the database does it, by the wall clock. */
  private boolean purged(int id, long upToMillis) {
    Row row = rows.get(id);
    if (row != null && row.confirmedOn != null && row.confirmedOn > upToMillis) {
      return false;
    }
    rows.remove(id);
    if (row != null) {
      waiting.remove(row);
    }
    return true;
  }

  @Override
  public synchronized void deleteStaleMessages(int purgeAgeSeconds) throws KuraStoreException {
    oneThread();
    call(
        () -> {
          done.removeIf(id -> purged(id, wallMillis - 1000L * purgeAgeSeconds));
          return null;
        });
  }

  @Override
  public List<StoredMessage> getUnpublishedMessages() {
    return list(row -> row.publishedOn == null);
  }

  @Override
  public List<StoredMessage> getInFlightMessages() {
    return list(row -> row.inFlight() && row.droppedOn == null);
  }

  @Override
  public List<StoredMessage> getDroppedMessages() {
    return list(row -> row.droppedOn != null);
  }

  @Override
  public void dropAllInFlightMessages() throws KuraStoreException {
    throw new KuraStoreException("not used");
  }

  @Override
  public void close() {
    // Kura's does nothing either.
  }

  private synchronized List<StoredMessage> list(Predicate<Row> which) {
    return rows.values().stream()
        .filter(which)
        .sorted(Comparator.comparingInt(row -> row.id))
        .map(Row::message)
        .toList();
  }

  private void oneThread() {
    Thread current = Thread.currentThread();
    if (thread == null || !thread.isAlive()) {
      thread = current;
    }
    if (thread != current) {
      throw new AssertionError("called by " + current + " and by " + thread);
    }
  }

  @FunctionalInterface
  private interface Statement<T> {
    T run();
  }

  private <T> T call(Statement<T> statement) throws KuraStoreException {
    calls++;
    if (away) {
      throw new KuraStoreException("the database is closed");
    }
    if (failures > 0) {
      failures--;
      if (failure == Failure.AFTER) {
        statement.run();
      }
      throw new KuraStoreException("made to fail");
    }
    return statement.run();
  }
}
