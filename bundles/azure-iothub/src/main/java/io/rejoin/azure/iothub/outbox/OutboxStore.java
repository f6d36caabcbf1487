/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import org.eclipse.kura.KuraStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What the outbox needs of a message store. Called from one thread alone, but for {@link
 * #markDone}, which may come from another at the same time. A record is waiting until {@link
 * #markSent}, and gone for good after {@link #markDone}.
 */
public interface OutboxStore {
  /** Stores a record as waiting and returns its id. */
  int add(byte[] record, int priority) throws KuraStoreException;

  /** Returns the waiting record of the lowest priority number and, in it, the oldest. */
  @Nullable StoredRecord next() throws KuraStoreException;

  /** Returns a record in whatever state, null when there is none of that id. */
  @Nullable StoredRecord read(int id) throws KuraStoreException;

  /**
   * Ends a record's waiting.
   *
   * @param token who sent it and when: unique over restarts together with the attempt
   */
  void markSent(int id, int attempt, String token) throws KuraStoreException;

  /**
   * Lets {@link #purge} remove a record; until then it is still waiting if it was not marked sent.
   */
  void markDone(int id) throws KuraStoreException;

  /** Makes every record that was marked sent, but not done, wait again. */
  void releaseSent() throws KuraStoreException;

  /** Counts all records, those done and not yet purged included. */
  int count() throws KuraStoreException;

  /** Removes the records that are done. */
  void purge() throws KuraStoreException;

  /**
   * A record as it lies in the store.
   *
   * @param storedAtMillis wall time, 0 when the store does not know
   * @param done whether it only waits to be purged
   */
  record StoredRecord(int id, int priority, byte[] bytes, long storedAtMillis, boolean done) {}
}
