/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.message.store.provider;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A queue of messages in a database. A message waits, is in flight (published, neither confirmed
 * nor dropped), is confirmed or is dropped; the last two stay until {@link #deleteStaleMessages}.
 * Every method throws {@link KuraStoreException} if the database fails.
 */
@ProviderType
public interface MessageStore {
  /**
   * Adds a message that waits.
   *
   * @param priority 0 is the most urgent
   * @return the message's id, unique in this store
   */
  int store(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException;

  /** Marks a message of QoS 0 as handed over. */
  void markAsPublished(int msgId) throws KuraStoreException;

  /** Marks a message of QoS 1 or 2 as in flight under a token. */
  void markAsPublished(int msgId, DataTransportToken dataTransportToken) throws KuraStoreException;

  void markAsConfirmed(int msgId) throws KuraStoreException;

  /** Returns the waiting message of the lowest priority number, of these the oldest. */
  Optional<StoredMessage> getNextMessage() throws KuraStoreException;

  Optional<StoredMessage> get(int msgId) throws KuraStoreException;

  /** Returns how many messages there are in any state, confirmed and dropped ones included. */
  int getMessageCount() throws KuraStoreException;

  /** Returns the waiting messages, without their payload. */
  List<StoredMessage> getUnpublishedMessages() throws KuraStoreException;

  /** Returns the messages in flight, without their payload. */
  List<StoredMessage> getInFlightMessages() throws KuraStoreException;

  /** Returns the dropped messages, without their payload. */
  List<StoredMessage> getDroppedMessages() throws KuraStoreException;

  /** Lets all messages in flight wait again. */
  void unpublishAllInFlighMessages() throws KuraStoreException;

  /** Drops all messages in flight. */
  void dropAllInFlightMessages() throws KuraStoreException;

  /**
   * Deletes messages that were confirmed, dropped or, with QoS 0, published before a time.
   *
   * @param purgeAgeSeconds how long ago
   */
  void deleteStaleMessages(int purgeAgeSeconds) throws KuraStoreException;

  /** Releases what the store holds in memory; the messages stay. */
  void close();
}
