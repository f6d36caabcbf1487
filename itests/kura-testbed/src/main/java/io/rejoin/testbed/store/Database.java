/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import io.rejoin.testbed.StoreCall;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.kura.KuraStoreException;

/** Runs work on a connection to a database. */
interface Database {

  /** Work on a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Runs the work and waits for it.
   *
   * @throws KuraStoreException if the database fails
   */
  <T> T run(StoreCall call, Work<T> work) throws KuraStoreException;
}
