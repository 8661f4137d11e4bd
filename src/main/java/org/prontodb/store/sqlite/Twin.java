package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.prontodb.model.ProntoException;

/**
 * A second connection that sees the same state of a database as that of a transaction, so that two
 * threads can read it at once.
 *
 * <p>SQLite has no way to ask for that, and {@code PRAGMA data_version} compares nothing between
 * two connections: it says of one of them whether anybody else has committed between two looks. So
 * the looks are taken around the beginning of the other transaction: this connection looks ({@link
 * #open}), the other one begins and reads something, this one begins and looks once more ({@link
 * #join}). If both looks are equal, then there is one state from the first look to the second, and
 * both transactions have begun in it. To look for the first time when the other one has begun would
 * prove nothing: somebody may have committed in between. SQLite tells so much by what tells it that
 * its own cache is stale: the change counter in the file, with a write-ahead log the header of the
 * log's index. Hence it holds in every journal mode.
 *
 * <p>It is never waited for: without a log, a writer who waits for the other connection to end lets
 * no reader in.
 */
final class Twin {
  private static final String LOOK = "PRAGMA data_version";

  /** Null if there is none. */
  private final Database database;

  private final SqliteOptions options;
  private final long seen;

  private Twin(Database database, SqliteOptions options, long seen) {
    this.database = database;
    this.options = options;
    this.seen = seen;
  }

  /** Takes the first look. To be called before the other connection begins its transaction. */
  static Twin open(Path file, SqliteOptions options) {
    Database database;
    try {
      database = Connections.open(file, options);
    } catch (ProntoException e) {
      return new Twin(null, options, 0); // the other connection will say what is wrong
    }
    try {
      database.waitForLocks(0);
      return new Twin(database, options, database.numberOrThrow(LOOK));
    } catch (SQLException | ProntoException e) {
      database.close();
      return new Twin(null, options, 0);
    }
  }

  /**
   * The connection, in a transaction, or null if it does not see the same for certain.
   *
   * @param other has begun its transaction and read something
   */
  Database join(Database other) {
    if (database == null) {
      return null;
    }
    try {
      database.executeOrThrow("BEGIN");
      // Neither is of a file that has meanwhile lost its name to another one.
      Object current = DatabaseFile.identity(database.file());
      if (database.numberOrThrow(LOOK) == seen
          && database.isOf(current)
          && other.isOf(current)
          && !other.isExclusive()
          && !other.readsWithoutLocks()) {
        database.waitForLocks(options.busyTimeoutMillis());
        return database;
      }
    } catch (SQLException | ProntoException e) {
      // somebody is at work: one connection will do
    }
    database.close();
    return null;
  }

  void close() {
    if (database != null) {
      database.close();
    }
  }
}
