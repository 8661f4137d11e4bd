package org.sqlite.core;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A connection to SQLite as its C interface has it (<a
 * href="https://www.sqlite.org/c3ref/sqlite3.html">sqlite3</a>), through the functions of the
 * driver's native library. What the driver builds above them for JDBC costs each start some 3 ms,
 * and each call checks, and a lock besides the connection's own.
 *
 * <p>It stands in the driver's package because the driver keeps these functions to itself: the one
 * class of ours, with its statements, that does. It throws what the driver throws.
 */
public final class Sqlite3 implements AutoCloseable {
  private final NativeDB db;
  private final Set<Sqlite3Statement> statements = new HashSet<>();
  private boolean open = true;

  private Sqlite3(NativeDB db) {
    this.db = db;
  }

  /**
   * Opens a file.
   *
   * @param name a path or, where the flags say so, a URI
   * @param flags of <a href="https://www.sqlite.org/c3ref/open.html">sqlite3_open_v2</a>
   */
  public static Sqlite3 open(String name, int flags) throws SQLException {
    try {
      NativeDB.load();
    } catch (Exception e) {
      throw new SQLException("SQLite's library can not be loaded", e);
    }
    NativeDB db = new NativeDB(name, name, null);
    db._open(name, flags);
    return new Sqlite3(db);
  }

  /** Milliseconds for which a statement waits for a lock. */
  public void busyTimeout(int millis) {
    requireOpen();
    db.busy_timeout(millis);
  }

  /** Compiles a statement, to be closed before this is, or with it. */
  public Sqlite3Statement prepare(String sql) throws SQLException {
    requireOpen();
    long pointer = db.prepare_utf8(sql.getBytes(StandardCharsets.UTF_8));
    Sqlite3Statement statement = new Sqlite3Statement(this, db, pointer);
    statements.add(statement);
    return statement;
  }

  /** Runs a statement up to its first row, if it has any. */
  public void execute(String sql) throws SQLException {
    try (Sqlite3Statement statement = prepare(sql)) {
      statement.step();
    }
  }

  /**
   * Copies the whole database to a file, in one transaction.
   *
   * @param observer called after each part
   * @param pages how many pages a part has
   * @return a result code of SQLite
   */
  public int backup(Path file, DB.ProgressObserver observer, int pages) throws SQLException {
    requireOpen();
    return db.backup("main", file.toAbsolutePath().toString(), observer, 1, 1, pages);
  }

  /**
   * Replaces the whole database by what is in a file, in one transaction. The first part waits for
   * the lock for writing as long as {@link #busyTimeout} says; a file that is locked ends it.
   *
   * @param observer called after each part, with the lock held but for the last; throws nothing
   * @param pages how many pages a part has
   * @return a result code of SQLite
   */
  public int restore(Path file, DB.ProgressObserver observer, int pages) throws SQLException {
    requireOpen();
    return db.restore("main", file.toAbsolutePath().toString(), observer, 1, 0, pages);
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the connection is closed");
    }
  }

  void forget(Sqlite3Statement statement) {
    statements.remove(statement);
  }

  @Override
  public void close() throws SQLException {
    if (open) {
      List<Sqlite3Statement> left = new ArrayList<>(statements);
      left.forEach(Sqlite3Statement::close);
      open = false;
      db._close();
    }
  }
}
