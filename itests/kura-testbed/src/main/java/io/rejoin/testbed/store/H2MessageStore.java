/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import io.rejoin.testbed.StoreCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.jspecify.annotations.Nullable;

/**
 * A message store in H2, with the meaning of each statement as measured on Kura 5.6.0:
 *
 * <ul>
 *   <li>The table is named after the store: a store opened again, even by someone else, holds the
 *       old messages.
 *   <li>The next message is the waiting one with the lowest priority number, of these the one with
 *       the earliest {@code createdOn}. That is wall time in milliseconds: which of two messages of
 *       the same millisecond comes first is undefined, and a clock set back lets younger overtake.
 *   <li>Lists come without payload. Counting counts every message, confirmed and dropped ones too.
 *   <li>{@code unpublishAllInFlighMessages} brings back dropped messages too, which stay marked as
 *       dropped, but none of QoS 0.
 *   <li>Marking a message that does not exist does nothing.
 *   <li>Every call is one statement, committed at once.
 *   <li>Columns and indexes are Kura's, so that a call costs what it costs there.
 * </ul>
 */
final class H2MessageStore implements MessageStore {
  private static final String LISTED =
      "id, topic, qos, retain, priority, createdOn, publishedOn, confirmedOn, droppedOn,"
          + " publishedMessageId, sessionId";
  private static final String SELECT_WHOLE =
      "SELECT " + LISTED + ", COALESCE(smallPayload, largePayload) AS payload FROM ";
  private static final String IN_FLIGHT =
      "publishedOn IS NOT NULL AND qos > 0 AND confirmedOn IS NULL";
  private static final String OLDEST_FIRST = " ORDER BY priority, createdOn";

  /** From this size on Kura stores a payload as BLOB. */
  private static final int LARGE_BYTES = 200;

  private final Database database;
  private final InstantSource clock;
  private final String table;

  /**
   * Opens a store, after creating it if it is new.
   *
   * @param clock the wall clock
   */
  H2MessageStore(Database database, String name, InstantSource clock) throws KuraStoreException {
    this.database = database;
    this.clock = clock;
    this.table = quoted(name);
    execute(
        StoreCall.OPEN,
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, topic VARCHAR(32767),"
            + " qos INTEGER, retain BOOLEAN, priority INTEGER, smallPayload VARBINARY,"
            + " largePayload BLOB(16777216), createdOn TIMESTAMP, publishedOn TIMESTAMP,"
            + " confirmedOn TIMESTAMP, droppedOn TIMESTAMP, publishedMessageId INTEGER,"
            + " sessionId VARCHAR(32767))");
    createIndex(name + "_next", "publishedOn, priority, createdOn, qos");
    createIndex(name + "_published", "publishedOn DESC");
    createIndex(name + "_confirmed", "confirmedOn DESC");
    createIndex(name + "_dropped", "droppedOn DESC");
  }

  private void createIndex(String name, String columns) throws KuraStoreException {
    execute(
        StoreCall.OPEN,
        "CREATE INDEX IF NOT EXISTS " + quoted(name) + " ON " + table + " (" + columns + ")");
  }

  @Override
  public int store(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws KuraStoreException {
    if (topic == null || topic.isBlank()) {
      throw new KuraStoreException(null, "topic must be not null and not empty");
    }
    String sql =
        "INSERT INTO "
            + table
            + " (topic, qos, retain, priority, "
            + (payload.length < LARGE_BYTES ? "smallPayload" : "largePayload")
            + ", createdOn, publishedMessageId)"
            + " VALUES (?, ?, ?, ?, ?, ?, -1)";
    return database.run(
        StoreCall.STORE,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            set(insert, topic, qos, retain, priority, payload, now());
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
              keys.next();
              return keys.getInt("id");
            }
          }
        });
  }

  @Override
  public void markAsPublished(int msgId) throws KuraStoreException {
    execute(
        StoreCall.MARK_PUBLISHED,
        "UPDATE " + table + " SET publishedOn = ? WHERE id = ?",
        now(),
        msgId);
  }

  @Override
  public void markAsPublished(int msgId, DataTransportToken token) throws KuraStoreException {
    execute(
        StoreCall.MARK_PUBLISHED,
        "UPDATE "
            + table
            + " SET publishedOn = ?, publishedMessageId = ?, sessionId = ? WHERE id = ?",
        now(),
        token.getMessageId(),
        token.getSessionId(),
        msgId);
  }

  @Override
  public void markAsConfirmed(int msgId) throws KuraStoreException {
    execute(
        StoreCall.MARK_CONFIRMED,
        "UPDATE " + table + " SET confirmedOn = ? WHERE id = ?",
        now(),
        msgId);
  }

  @Override
  public Optional<StoredMessage> getNextMessage() throws KuraStoreException {
    return first(StoreCall.NEXT, "WHERE publishedOn IS NULL" + OLDEST_FIRST + " LIMIT 1");
  }

  @Override
  public Optional<StoredMessage> get(int msgId) throws KuraStoreException {
    return first(StoreCall.GET, "WHERE id = ?", msgId);
  }

  @Override
  public int getMessageCount() throws KuraStoreException {
    String sql = "SELECT COUNT(*) FROM " + table;
    return database.run(
        StoreCall.COUNT,
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet count = select.executeQuery(sql)) {
            count.next();
            return count.getInt(1);
          }
        });
  }

  @Override
  public List<StoredMessage> getUnpublishedMessages() throws KuraStoreException {
    return list("publishedOn IS NULL");
  }

  @Override
  public List<StoredMessage> getInFlightMessages() throws KuraStoreException {
    return list(IN_FLIGHT + " AND droppedOn IS NULL");
  }

  @Override
  public List<StoredMessage> getDroppedMessages() throws KuraStoreException {
    return list("droppedOn IS NOT NULL");
  }

  @Override
  public void unpublishAllInFlighMessages() throws KuraStoreException {
    execute(StoreCall.UNPUBLISH, "UPDATE " + table + " SET publishedOn = NULL WHERE " + IN_FLIGHT);
  }

  @Override
  public void dropAllInFlightMessages() throws KuraStoreException {
    execute(StoreCall.DROP, "UPDATE " + table + " SET droppedOn = ? WHERE " + IN_FLIGHT, now());
  }

  @Override
  public void deleteStaleMessages(int purgeAgeSeconds) throws KuraStoreException {
    Timestamp before = Timestamp.from(clock.instant().minusSeconds(purgeAgeSeconds));
    execute(
        StoreCall.PURGE,
        "DELETE FROM "
            + table
            + " WHERE droppedOn <= ? OR confirmedOn <= ? OR (qos = 0 AND publishedOn <= ?)",
        before,
        before,
        before);
  }

  @Override
  public void close() {
    // The provider owns the connections.
  }

  private List<StoredMessage> list(String condition) throws KuraStoreException {
    return select(
        StoreCall.LIST,
        "SELECT " + LISTED + " FROM " + table + " WHERE " + condition + OLDEST_FIRST,
        row -> message(row).build());
  }

  private Optional<StoredMessage> first(StoreCall call, String condition, Object... values)
      throws KuraStoreException {
    return select(
            call,
            SELECT_WHOLE + table + " " + condition,
            row -> message(row).withPayload(row.getBytes("payload")).build(),
            values)
        .stream()
        .findFirst();
  }

  private List<StoredMessage> select(StoreCall call, String sql, RowReader reader, Object... values)
      throws KuraStoreException {
    return database.run(
        call,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, values);
            try (ResultSet rows = select.executeQuery()) {
              List<StoredMessage> messages = new ArrayList<>();
              while (rows.next()) {
                messages.add(reader.read(rows));
              }
              return messages;
            }
          }
        });
  }

  private void execute(StoreCall call, String sql, Object... values) throws KuraStoreException {
    database.run(call, connection -> update(connection, sql, values));
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Timestamp timestamp) {
        statement.setTimestamp(i + 1, timestamp, utc());
      } else if (values[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
  }

  private static StoredMessage.Builder message(ResultSet row) throws SQLException {
    StoredMessage.Builder message =
        new StoredMessage.Builder(row.getInt("id"))
            .withTopic(row.getString("topic"))
            .withQos(row.getInt("qos"))
            .withRetain(row.getBoolean("retain"))
            .withPriority(row.getInt("priority"))
            .withCreatedOn(row.getTimestamp("createdOn", utc()))
            .withPublishedOn(row.getTimestamp("publishedOn", utc()))
            .withConfirmedOn(row.getTimestamp("confirmedOn", utc()))
            .withDroppedOn(row.getTimestamp("droppedOn", utc()));
    String session = row.getString("sessionId");
    return session == null
        ? message
        : message.withDataTransportToken(
            new DataTransportToken(row.getInt("publishedMessageId"), session));
  }

  private Timestamp now() {
    return new Timestamp(clock.millis());
  }

  private static Calendar utc() {
    return Calendar.getInstance(TimeZone.getTimeZone("UTC"));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Reads one row. */
  private interface RowReader {
    StoredMessage read(ResultSet row) throws SQLException;
  }
}
