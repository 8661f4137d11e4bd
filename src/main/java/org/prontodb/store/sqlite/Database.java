package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.Consumer;
import org.prontodb.model.ProntoException;
import org.sqlite.core.DB;
import org.sqlite.core.Sqlite3;
import org.sqlite.core.Sqlite3Statement;

/**
 * One connection to a database file. It keeps the statements that were used last, and every error
 * of SQLite leaves it in our words. For one thread at a time.
 *
 * <p>Transactions are begun and ended by statements of ours alone.
 */
final class Database implements AutoCloseable {
  private static final int KEPT_STATEMENTS = 24;

  private static final int SQLITE_OK = 0;
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_IOERR = 10;

  private static final String NOT_REPLACED = "it could not be replaced";

  /** Pages that are copied at a time: 8 MB. */
  private static final int COPIED_PAGES = 1024;

  private final Sqlite3 connection;
  private final Path file;
  private final Object identity;
  private final SqliteOptions options;
  private final LinkedHashMap<String, Prepared> kept = new LinkedHashMap<>();
  private final ChangeDetector detector;
  private boolean isExclusive;

  /**
   * @param identity what {@link DatabaseFile#identity} said of the file
   * @param detector for a connection that reads without locks; else null
   */
  Database(
      Sqlite3 connection,
      Path file,
      Object identity,
      SqliteOptions options,
      ChangeDetector detector) {
    this.connection = connection;
    this.file = file;
    this.identity = identity;
    this.options = options;
    this.detector = detector;
  }

  /** Whether nothing keeps others from writing while this connection reads. */
  boolean readsWithoutLocks() {
    return detector != null;
  }

  /**
   * Fails if what was read up to now may be of more than one state of the database.
   *
   * @throws ProntoException with kind BUSY
   */
  void requireUnchanged() {
    if (detector != null) {
      detector.requireUnchanged();
    }
  }

  /** Whether the file that it was opened by name still has that name. */
  boolean isOf(Object current) {
    return Objects.equals(identity, current);
  }

  /** Runs a statement and answers how many rows it changed. */
  long update(String sql, Object... parameters) {
    try {
      Prepared prepared = take(sql);
      try {
        bind(prepared.statement(), parameters);
        return prepared.statement().update();
      } finally {
        giveBack(prepared);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a statement that deletes rows of a record table.
   *
   * @param keys is given the key of each
   * @return how many were deleted
   */
  long delete(String sql, Consumer<byte[]> keys, Object... parameters) {
    long deleted = 0;
    try (Rows rows = query(sql + " RETURNING k", parameters)) {
      while (rows.next()) {
        keys.accept(rows.bytes(1));
        deleted++;
      }
    }
    return deleted;
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
    connection.execute(sql);
  }

  /** From the next statement until this is closed. */
  void lockExclusively() throws SQLException {
    executeOrThrow("PRAGMA locking_mode = EXCLUSIVE");
    isExclusive = true;
  }

  boolean isExclusive() {
    return isExclusive;
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
    return new Rows(this, prepared);
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
      return rows.nextOrThrow() ? rows.number(1) : 0;
    }
  }

  /**
   * Copies the whole database, as this connection sees it, into a file that is empty. Within a
   * transaction that has read something, nobody who writes meanwhile makes a difference.
   *
   * @param begun called after the first pages, when SQLite has opened the file
   */
  void copyTo(Path copy, Runnable begun) {
    try {
      DB.ProgressObserver observer =
          new DB.ProgressObserver() {
            private boolean told;

            @Override
            public void progress(int remaining, int pageCount) {
              if (!told) {
                told = true;
                begun.run();
              }
            }
          };
      int code = connection.backup(copy, observer, COPIED_PAGES);
      requireUnchanged();
      throwUnlessOk(code, "copying it to " + copy.getFileName() + " failed");
    } catch (SQLException e) {
      throw SqliteFailure.of(e, copy, options);
    }
  }

  /**
   * Replaces the whole database by what is in a file, in one transaction: others see all of it or
   * nothing. This connection has no transaction open.
   *
   * @param source a connection to that file, which nobody else knows
   * @param locked done once, while the lock for writing is held and nothing is replaced yet; if it
   *     throws, nothing is replaced. In it, {@code source} is in a transaction that is committed
   */
  void copyFrom(Database source, Runnable locked) {
    try {
      long before = numberOrThrow("PRAGMA schema_version");
      // The first part takes the lock, and must not be all: then it would end the transaction, too.
      int pages = (int) Math.min(COPIED_PAGES, source.number("PRAGMA page_count") - 1);
      LockedStep step = new LockedStep(source, locked);
      int code = connection.restore(source.file, step, pages);
      step.throwFailure();
      throwUnlessOk(step.isDone() ? code : SQLITE_BUSY, NOT_REPLACED);
      // The driver looks for errors in the source alone. A copy that is complete raises this
      // number.
      if (numberOrThrow("PRAGMA schema_version") == before) {
        throwUnlessOk(SQLITE_IOERR, NOT_REPLACED);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void throwUnlessOk(int code, String what) throws SQLException {
    if (code != SQLITE_OK) {
      throw new SQLException(what + " (SQLite code " + code + ")", null, code & 0xff);
    }
  }

  /** How long to wait for a lock from now on. */
  void waitForLocks(int millis) {
    connection.busyTimeout(millis);
  }

  /** Compiles a statement, or takes the one that was kept; to be given back after its use. */
  Prepared take(String sql) throws SQLException {
    Prepared prepared = kept.remove(sql);
    return prepared != null ? prepared : new Prepared(sql, connection.prepare(sql));
  }

  void giveBack(Prepared prepared) {
    prepared.statement().reset();
    // It would hold on to a copy of what was bound.
    prepared.statement().clear();
    Prepared twin = kept.put(prepared.sql(), prepared);
    if (twin != null) {
      twin.statement().close();
    } else if (kept.size() > KEPT_STATEMENTS) {
      kept.pollFirstEntry().getValue().statement().close();
    }
  }

  private static void bind(Sqlite3Statement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.bind(i + 1, parameters[i]);
    }
  }

  ProntoException failure(SQLException cause) {
    if (detector != null && detector.isChanged()) {
      // Pages of two states do not fit together, which is no damage of the file.
      return ChangeDetector.changed(file);
    }
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
