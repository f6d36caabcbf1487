/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;

/** Kura's message store on a database that may fail before, after or instead of doing its work. */
final class SimulatedStore implements MessageStoreProvider {

  private final VirtualTime time;
  private final RandomGenerator chance;
  final boolean durable;
  private final TreeMap<Integer, Row> rows = new TreeMap<>();

  /** What is to be sent, the most urgent and oldest first. */
  private final TreeSet<Row> waiting = new TreeSet<>(IN_ORDER);

  private final List<ConnectionListener> listeners = new ArrayList<>();
  private int lastId;

  /** Whether the database fails now and then, or always. */
  boolean shaky;

  boolean gone;

  private int callsToLive;

  /** The end of a process, in the middle of a call. */
  static final class ProcessDied extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final Comparator<Row> IN_ORDER =
      Comparator.<Row>comparingInt(row -> row.priority)
          .thenComparingLong(row -> row.createdMillis)
          .thenComparingInt(row -> row.id);

  private static final class Row {
    final int id;
    final int priority;
    final byte[] payload;
    final long createdMillis;
    boolean published;
    boolean confirmed;

    Row(int id, int priority, byte[] payload, long createdMillis) {
      this.id = id;
      this.priority = priority;
      this.payload = payload;
      this.createdMillis = createdMillis;
    }
  }

  SimulatedStore(VirtualTime time, RandomGenerator chance, boolean durable) {
    this.time = time;
    this.chance = chance;
    this.durable = durable;
  }

  /** The process ends; a store in memory ends with it. */
  void processEnds() {
    callsToLive = 0;
    listeners.clear();
    if (!durable) {
      rows.clear();
      waiting.clear();
      lastId = 0;
    }
  }

  void heal() {
    shaky = false;
    callsToLive = 0;
    if (gone) {
      gone = false;
      List.copyOf(listeners).forEach(ConnectionListener::connected);
    }
  }

  /** The database is another one with the same content, as after a change of its settings. */
  void replaced() {
    List.copyOf(listeners).forEach(ConnectionListener::disconnected);
    List.copyOf(listeners).forEach(ConnectionListener::connected);
  }

  void goAway() {
    gone = true;
    List.copyOf(listeners).forEach(ConnectionListener::disconnected);
  }

  long unconfirmed() {
    return rows.values().stream().filter(row -> !row.confirmed).count();
  }

  @Override
  public MessageStore openMessageStore(String name) throws KuraStoreException {
    fail();
    return new Table();
  }

  /** The process dies in the middle of one of its next calls. */
  void dieInCalls(int calls) {
    callsToLive = calls;
  }

  private void fail() throws KuraStoreException {
    if (callsToLive > 0 && --callsToLive == 0) {
      throw new ProcessDied();
    }
    if (gone || shaky && chance.nextInt(3) == 0) {
      throw new KuraStoreException("simulated");
    }
  }

  @Override
  public void addListener(ConnectionListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(ConnectionListener listener) {
    listeners.remove(listener);
  }

  private final class Table implements MessageStore {

    @Override
    public int store(String topic, byte[] payload, int qos, boolean retain, int priority)
        throws KuraStoreException {
      fail();
      int id = ++lastId;
      Row row = new Row(id, priority, payload, time.wallMillis());
      rows.put(id, row);
      waiting.add(row);
      // The row is there, and the caller may be told that it is not.
      fail();
      return id;
    }

    @Override
    public void markAsPublished(int msgId) throws KuraStoreException {
      throw new KuraStoreException("QoS 0 is not stored");
    }

    @Override
    public void markAsPublished(int msgId, DataTransportToken token) throws KuraStoreException {
      fail();
      Row row = rows.get(msgId);
      if (row != null) {
        row.published = true;
        waiting.remove(row);
      }
      fail();
    }

    @Override
    public void markAsConfirmed(int msgId) throws KuraStoreException {
      fail();
      Row row = rows.get(msgId);
      if (row != null) {
        row.confirmed = true;
      }
      fail();
    }

    @Override
    public Optional<StoredMessage> getNextMessage() throws KuraStoreException {
      fail();
      return waiting.isEmpty() ? Optional.empty() : Optional.of(message(waiting.first()));
    }

    @Override
    public Optional<StoredMessage> get(int msgId) throws KuraStoreException {
      fail();
      return Optional.ofNullable(rows.get(msgId)).map(this::message);
    }

    private StoredMessage message(Row row) {
      return new StoredMessage.Builder(row.id)
          .withPriority(row.priority)
          .withPayload(row.payload)
          .withQos(1)
          .withCreatedOn(new Date(row.createdMillis))
          .withConfirmedOn(row.confirmed ? new Date(row.createdMillis) : null)
          .build();
    }

    @Override
    public int getMessageCount() throws KuraStoreException {
      fail();
      return rows.size();
    }

    @Override
    public void unpublishAllInFlighMessages() throws KuraStoreException {
      fail();
      for (Row row : rows.values()) {
        if (!row.confirmed) {
          row.published = false;
          waiting.add(row);
        }
      }
      fail();
    }

    @Override
    public void deleteStaleMessages(int purgeAgeSeconds) throws KuraStoreException {
      fail();
      rows.values().removeIf(row -> row.confirmed);
      waiting.removeIf(row -> row.confirmed);
    }

    @Override
    public void close() {}

    @Override
    public List<StoredMessage> getUnpublishedMessages() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> getInFlightMessages() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> getDroppedMessages() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void dropAllInFlightMessages() {
      throw new UnsupportedOperationException();
    }
  }
}
