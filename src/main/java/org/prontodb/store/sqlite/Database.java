package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.prontodb.model.ProntoException;
import org.sqlite.SQLiteConnection;

/**
 * One connection to a database file. It keeps the statements that were used last, and every error
 * of SQLite leaves it in our words. For one thread at a time.
 *
 * <p>Transactions are begun and ended by statements of ours alone: see {@link Connections}.
 */
final class Database implements AutoCloseable {
  private static final int KEPT_STATEMENTS = 24;

  private final SQLiteConnection connection;
  private final Path file;
  private final SqliteOptions options;
  private final LinkedHashMap<String, Prepared> kept = new LinkedHashMap<>();

  Database(SQLiteConnection connection, Path file, SqliteOptions options) {
    this.connection = connection;
    this.file = file;
    this.options = options;
  }

  /** Runs a statement and answers how many rows it changed. */
  long update(String sql, Object... parameters) {
    try {
      Prepared prepared = take(sql);
      bind(prepared.statement(), parameters);
      long changes = prepared.statement().executeLargeUpdate();
      giveBack(prepared);
      return changes;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a statement that is not worth keeping. */
  void execute(String sql) {
    try {
      executeOrThrow(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  void executeOrThrow(String sql) throws SQLException {
    connection.getDatabase().exec(sql, false);
  }

  Rows query(String sql, Object... parameters) {
    try {
      return queryOrThrow(sql, parameters);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Rows queryOrThrow(String sql, Object... parameters) throws SQLException {
    Prepared prepared = take(sql);
    bind(prepared.statement(), parameters);
    return new Rows(this, prepared, prepared.statement().executeQuery());
  }

  /** The first column of the first row as a number; 0 if there is none. */
  long number(String sql, Object... parameters) {
    try (Rows rows = query(sql, parameters)) {
      return rows.next() ? rows.number(1) : 0;
    }
  }

  /** As {@link #number}, for a caller who can do something about the error. */
  long numberOrThrow(String sql) throws SQLException {
    try (Rows rows = queryOrThrow(sql)) {
      return rows.next() ? rows.number(1) : 0;
    }
  }

  /** How long to wait for a lock from now on. */
  void waitForLocks(int millis) {
    try {
      connection.getDatabase().busy_timeout(millis);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Compiles a statement, or takes the one that was kept; to be given back after its use. */
  Prepared take(String sql) throws SQLException {
    Prepared prepared = kept.remove(sql);
    return prepared != null ? prepared : new Prepared(sql, connection.prepareStatement(sql));
  }

  void giveBack(Prepared prepared) throws SQLException {
    // It would hold on to a copy of what was bound.
    prepared.statement().clearParameters();
    Prepared twin = kept.put(prepared.sql(), prepared);
    if (twin != null) {
      twin.statement().close();
    } else if (kept.size() > KEPT_STATEMENTS) {
      kept.pollFirstEntry().getValue().statement().close();
    }
  }

  private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  ProntoException failure(SQLException cause) {
    return SqliteFailure.of(cause, file, options);
  }

  Path file() {
    return file;
  }

  SqliteOptions options() {
    return options;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
