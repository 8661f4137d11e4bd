package org.prontodb.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * The one place where a connection to SQLite is made. It goes around DriverManager, which would
 * look for drivers, and names the file by a URI, because the driver takes what follows a question
 * mark in a plain name for settings.
 */
final class Connections {
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
      SQLiteConnection connection =
          new JDBC4Connection("jdbc:sqlite:", uri(file) + query, properties(options));
      // Without this the driver would try a BEGIN and a COMMIT of its own after each statement.
      connection.getConnectionConfig().setAutoCommit(false);
      return new Database(connection, file, identity, options);
    } catch (SQLException e) {
      throw SqliteFailure.of(e, file, options);
    }
  }

  private static Properties properties(SqliteOptions options) {
    Properties properties = new Properties();
    properties.setProperty(
        "open_mode",
        Integer.toString(
            SQLiteOpenMode.READWRITE.flag
                | SQLiteOpenMode.OPEN_URI.flag
                // One thread at a time calls a connection: the driver has a lock of its own.
                | SQLiteOpenMode.NOMUTEX.flag));
    properties.setProperty("busy_timeout", Integer.toString(options.busyTimeoutMillis()));
    // Else the driver asks for last_insert_rowid() after each statement.
    properties.setProperty("jdbc.get_generated_keys", "false");
    return properties;
  }

  /** The file as SQLite takes it in a URI. */
  static String uri(Path file) {
    String path = file.toAbsolutePath().toString();
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23");
  }
}
