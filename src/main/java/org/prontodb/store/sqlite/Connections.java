package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.prontodb.model.ProntoException;
import org.sqlite.core.Sqlite3;

/**
 * The one place where a connection to SQLite is made. It names the file by a URI, by which SQLite
 * can be told more about it.
 */
final class Connections {
  // https://www.sqlite.org/c3ref/c_open_autoproxy.html
  private static final int READWRITE = 0x2;
  private static final int URI = 0x40;

  /** The driver locks a connection by itself. */
  private static final int NOMUTEX = 0x8000;

  private static final int FLAGS = READWRITE | URI | NOMUTEX;

  /** How long a log may be there without its index: the last writer removes the index first. */
  private static final int CLOSING_MILLIS = 200;

  private static final int CLOSING_RETRY_MILLIS = 10;

  private Connections() {}

  /** Connects to a file that exists; read-only where the file can not be written. */
  static Database open(Path file, SqliteOptions options) {
    return open(file, options, "");
  }

  /**
   * Connects to a file for reading alone. Where its folder can not be written, SQLite can not make
   * the files through which readers and writers meet; then, if no writer has left a log behind, the
   * file is read without locks, and a {@link ChangeDetector} finds out whether somebody has written
   * to it. Where its disk is full, the file is locked instead.
   */
  static Database openForReading(Path file, SqliteOptions options) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MILLIS);
    while (true) {
      Database database = open(file, options, "");
      try {
        return proven(database);
      } catch (SQLException e) {
        database.close();
        if (SqliteFailure.isForWantOfRoom(e)) {
          return openAlone(file, options);
        }
        if (!SqliteFailure.isForWantOfWriting(e)) {
          throw SqliteFailure.of(e, file, options);
        }
        Database unlocked = openWithoutLocks(file, options);
        if (unlocked != null) {
          return unlocked;
        }
        if (System.nanoTime() > deadline) {
          throw SqliteFailure.unreadableLog(file, e);
        }
      }
      pause();
    }
  }

  /** Null while changes stand beside the file, without which it is no state of the database. */
  private static Database openWithoutLocks(Path file, SqliteOptions options) {
    ChangeDetector detector = ChangeDetector.begin(file);
    // In this order: a writer removes its log when all of it is in the file, so that a file
    // without one is whole, if it has not changed since the first look.
    if (DatabaseFile.hasLog(file)) {
      return null;
    }
    Database database = open(file, options, "?immutable=1", detector);
    try {
      return proven(database);
    } catch (SQLException e) {
      database.close();
      throw database.failure(e);
    } catch (ProntoException e) {
      database.close();
      throw e;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(CLOSING_RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Connects so that nobody else can, for which SQLite needs no other file. */
  private static Database openAlone(Path file, SqliteOptions options) {
    Database database = open(file, options, "");
    try {
      database.lockExclusively();
      return proven(database);
    } catch (SQLException e) {
      database.close();
      throw SqliteFailure.of(e, file, options);
    }
  }

  /** The connection, if the file can be read through it. */
  private static Database proven(Database database) throws SQLException {
    database.numberOrThrow("PRAGMA application_id");
    return database;
  }

  /** Connects to a database of this connection alone, which is gone with it. */
  static Database openInMemory(Path file, SqliteOptions options) {
    try {
      return new Database(Sqlite3.open(":memory:", FLAGS), file, null, options, null);
    } catch (SQLException e) {
      throw SqliteFailure.of(e, file, options);
    }
  }

  private static Database open(Path file, SqliteOptions options, String query) {
    return open(file, options, query, null);
  }

  private static Database open(
      Path file, SqliteOptions options, String query, ChangeDetector detector) {
    // Before it is opened: should it be replaced meanwhile, the connection is not taken for new.
    Object identity = DatabaseFile.identity(file);
    try {
      Sqlite3 connection = Sqlite3.open(uri(file) + query, FLAGS);
      connection.busyTimeout(options.busyTimeoutMillis());
      return new Database(connection, file, identity, options, detector);
    } catch (SQLException e) {
      throw SqliteFailure.of(e, file, options);
    }
  }

  /** The file as SQLite takes it in a URI. */
  static String uri(Path file) {
    String path = file.toAbsolutePath().toString();
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23");
  }
}
