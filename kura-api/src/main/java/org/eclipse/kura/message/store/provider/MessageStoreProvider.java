/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.message.store.provider;

import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** A database that holds message stores. */
@ProviderType
public interface MessageStoreProvider {
  /**
   * Opens a store, after creating it if it is new.
   *
   * @throws KuraStoreException if the database is not there
   */
  MessageStore openMessageStore(String name) throws KuraStoreException;

  /** Adds a listener that hears when the database goes, so that it closes its stores, and comes. */
  void addListener(ConnectionListener listener);

  void removeListener(ConnectionListener listener);
}
