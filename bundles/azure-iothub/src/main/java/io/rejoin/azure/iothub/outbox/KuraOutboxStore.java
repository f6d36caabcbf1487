/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import java.util.Date;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's records in a message store of Kura's. Kura's store keeps a topic with each message;
 * here it names the form of the record, for whoever looks into the database.
 */
public final class KuraOutboxStore implements OutboxStore {
  static final String TOPIC = "io.rejoin/record/1";
  private static final int QOS = 1;

  private final MessageStore store;

  public KuraOutboxStore(MessageStore store) {
    this.store = store;
  }

  @Override
  public int add(byte[] record, int priority) throws KuraStoreException {
    return call(() -> store.store(TOPIC, record, QOS, false, priority));
  }

  @Override
  public @Nullable StoredRecord next() throws KuraStoreException {
    return call(store::getNextMessage).map(KuraOutboxStore::record).orElse(null);
  }

  @Override
  public @Nullable StoredRecord read(int id) throws KuraStoreException {
    return call(() -> store.get(id)).map(KuraOutboxStore::record).orElse(null);
  }

  @Override
  public void markSent(int id, int attempt, String token) throws KuraStoreException {
    run(() -> store.markAsPublished(id, new DataTransportToken(attempt, token)));
  }

  @Override
  public void markDone(int id) throws KuraStoreException {
    run(() -> store.markAsConfirmed(id));
  }

  @Override
  public void releaseSent() throws KuraStoreException {
    run(store::unpublishAllInFlighMessages);
  }

  @Override
  public int count() throws KuraStoreException {
    return call(store::getMessageCount);
  }

  @Override
  public void purge() throws KuraStoreException {
    run(() -> store.deleteStaleMessages(0));
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws KuraStoreException;
  }

  @FunctionalInterface
  private interface Action {
    void run() throws KuraStoreException;
  }

  /** A store that is being shut down may throw anything. */
  private static <T> T call(Call<T> call) throws KuraStoreException {
    try {
      return call.run();
    } catch (RuntimeException e) {
      throw new KuraStoreException(e, e.toString());
    }
  }

  private static void run(Action action) throws KuraStoreException {
    try {
      action.run();
    } catch (RuntimeException e) {
      throw new KuraStoreException(e, e.toString());
    }
  }

  private static StoredRecord record(StoredMessage message) {
    byte[] payload = message.getPayload();
    return new StoredRecord(
        message.getId(),
        message.getPriority(),
        payload == null ? new byte[0] : payload,
        message.getCreatedOn().map(Date::getTime).orElse(0L),
        message.getConfirmedOn().isPresent());
  }
}
