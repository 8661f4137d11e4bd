package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;

/** The connections of a store that are not in use; transactions give theirs back to it. */
final class ConnectionPool implements TransactionEnd, AutoCloseable {
  /** Each keeps pages of the file in memory, so that what a rush of readers left is let go. */
  private static final int MOST_IDLE = 16;

  private final Path file;
  private final ArrayDeque<Database> idle = new ArrayDeque<>();

  ConnectionPool(Path file) {
    this.file = file;
  }

  /**
   * A connection without a transaction, or null if all are in use. Those to a file that another one
   * has replaced are let go: what is written into it would be lost.
   */
  synchronized Database take() {
    if (idle.isEmpty()) {
      return null;
    }
    Object current = DatabaseFile.identity(file);
    Database database = idle.pollLast();
    while (database != null && !database.isOf(current)) {
      database.close();
      database = idle.pollLast();
    }
    return database;
  }

  void giveBack(Database database) {
    if (!keep(database)) {
      database.close();
    }
  }

  /** A connection without locks would show the state in which it was opened for ever. */
  private synchronized boolean keep(Database database) {
    return idle.size() < MOST_IDLE
        && !database.isExclusive()
        && !database.readsWithoutLocks()
        && idle.add(database);
  }

  @Override
  public void commit(Database database) {
    database.execute("COMMIT");
  }

  @Override
  public void release(Database database, boolean committed) {
    if (committed || isRolledBack(database)) {
      giveBack(database);
    } else {
      database.close();
    }
  }

  /** False where SQLite has undone everything by itself already, as it does when a disk is full. */
  private static boolean isRolledBack(Database database) {
    try {
      database.executeOrThrow("ROLLBACK");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(Database::close);
    idle.clear();
  }
}
