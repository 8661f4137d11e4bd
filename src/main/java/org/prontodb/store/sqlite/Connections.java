package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
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

  private Connections() {}

  /** Connects to a file that exists; read-only where the file can not be written. */
  static Database open(Path file, SqliteOptions options) {
    return open(file, options, "");
  }

  /**
   * Connects to a file for reading alone. Where its folder can not be written, SQLite can not make
   * the files through which readers and writers meet; then, if no writer has left a log behind, the
   * file is read as one that nobody changes. Where its disk is full, the file is locked instead.
   */
  static Database openForReading(Path file, SqliteOptions options) {
    Database database = open(file, options, "");
    try {
      return proven(database);
    } catch (SQLException e) {
      database.close();
      if (SqliteFailure.isForWantOfWriting(e) && !DatabaseFile.hasLog(file)) {
        return open(file, options, "?immutable=1");
      }
      if (SqliteFailure.isForWantOfRoom(e)) {
        return openAlone(file, options);
      }
      throw SqliteFailure.of(e, file, options);
    }
  }

  /** Connects so that nobody else can, for which SQLite needs no other file. */
  private static Database openAlone(Path file, SqliteOptions options) {
    Database database = open(file, options, "");
    try {
      database.keepOthersOut();
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

  private static Database open(Path file, SqliteOptions options, String query) {
    // Before it is opened: should it be replaced meanwhile, the connection is not taken for new.
    Object identity = DatabaseFile.identity(file);
    try {
      Sqlite3 connection = Sqlite3.open(uri(file) + query, FLAGS);
      connection.busyTimeout(options.busyTimeoutMillis());
      return new Database(connection, file, identity, options);
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
