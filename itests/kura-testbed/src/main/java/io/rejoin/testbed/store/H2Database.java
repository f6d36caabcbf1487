/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.DeleteDbFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open database. */
final class H2Database {
  private static final Logger logger = LoggerFactory.getLogger(H2Database.class);

  private final JdbcConnectionPool pool;

  private H2Database(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  /**
   * Opens a database. <b>A file that cannot be opened is deleted</b>, as in Kura 5.6.0: a wrong
   * password, a lock held by another process or a damaged file costs all messages.
   *
   * @param password in clear
   */
  static H2Database open(H2Settings settings, String password) throws SQLException {
    try {
      return tryOpen(settings, password);
    } catch (SQLException e) {
      if (!settings.isFile()) {
        throw e;
      }
      logger.warn("Failed to open database, deleting its files: {}", e.getMessage());
      DeleteDbFiles.execute(settings.directory(), settings.databaseName(), true);
      return tryOpen(settings, password);
    }
  }

  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /** Closes the database; one in memory is lost. */
  void shutdown() throws SQLException {
    close("SHUTDOWN");
  }

  /** Closes the database and compacts its file. */
  void shutdownCompacting() throws SQLException {
    close("SHUTDOWN DEFRAG");
  }

  private void close(String command) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    } finally {
      pool.dispose();
    }
  }

  private static H2Database tryOpen(H2Settings settings, String password) throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(settings.url());
    source.setUser(settings.user());
    source.setPassword(password);
    JdbcConnectionPool pool = JdbcConnectionPool.create(source);
    try (Connection connection = pool.getConnection()) {
      return new H2Database(pool);
    } catch (SQLException e) {
      pool.dispose();
      throw e;
    }
  }
}
