package org.sqlite.core;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * A compiled statement (<a href="https://www.sqlite.org/c3ref/stmt.html">sqlite3_stmt</a>).
 * Parameters count from 1, columns from 0, as SQLite counts them.
 */
public final class Sqlite3Statement implements AutoCloseable {
  private final Sqlite3 connection;
  private final NativeDB db;

  /** 0 when it is closed: a pointer to what is not there any more would end the process. */
  private long pointer;

  Sqlite3Statement(Sqlite3 connection, NativeDB db, long pointer) {
    this.connection = connection;
    this.db = db;
    this.pointer = pointer;
  }

  private long pointer() {
    if (pointer == 0) {
      throw new IllegalStateException("the statement is closed");
    }
    return pointer;
  }

  /** Binds bytes, text, a number or null. */
  public void bind(int parameter, Object value) throws SQLException {
    switch (value) {
      case byte[] bytes -> bind(parameter, bytes);
      case String text -> bind(parameter, text);
      case Long number -> bind(parameter, (long) number);
      case Integer number -> bind(parameter, (long) number);
      case Double number -> check(db.bind_double(pointer(), parameter, number));
      case null -> check(db.bind_null(pointer(), parameter));
      default -> throw new IllegalArgumentException("no value of a column: " + value.getClass());
    }
  }

  /** Binds a blob; null is NULL. SQLite copies it. */
  public void bind(int parameter, byte[] bytes) throws SQLException {
    check(
        bytes == null
            ? db.bind_null(pointer(), parameter)
            : db.bind_blob(pointer(), parameter, bytes));
  }

  /** Binds a text; null is NULL. SQLite copies it. */
  public void bind(int parameter, String text) throws SQLException {
    check(
        text == null
            ? db.bind_null(pointer(), parameter)
            : db.bind_text_utf8(pointer(), parameter, text.getBytes(StandardCharsets.UTF_8)));
  }

  public void bind(int parameter, long number) throws SQLException {
    check(db.bind_long(pointer(), parameter, number));
  }

  private void check(int code) throws SQLException {
    if (code != Codes.SQLITE_OK) {
      db.throwex(code);
    }
  }

  /** Goes to the next row; false behind the last one, where the statement must be reset. */
  public boolean step() throws SQLException {
    int code = db.step(pointer());
    if (code == Codes.SQLITE_ROW) {
      return true;
    }
    if (code != Codes.SQLITE_DONE) {
      db.throwex(code);
    }
    return false;
  }

  /**
   * Runs a statement that has no rows, and resets it.
   *
   * @return how many rows it inserted, changed or deleted
   */
  public long update() throws SQLException {
    try {
      step();
      return db.changes();
    } finally {
      reset();
    }
  }

  /** Ends it, if it was begun; it can be run again with what is bound. */
  public void reset() {
    // It answers once more what the last step has told.
    db.reset(pointer());
  }

  /** Lets go of what was bound. */
  public void clear() {
    db.clear_bindings(pointer());
  }

  /**
   * A blob, or the UTF-8 of a text; null for NULL.
   *
   * @throws SQLException if there is not enough memory for it
   */
  public byte[] bytes(int column) throws SQLException {
    // The method does throw it, but says so in the class that it overrides alone.
    DB driver = db;
    return driver.column_blob(pointer(), column);
  }

  /** 0 for NULL. */
  public long number(int column) {
    return db.column_long(pointer(), column);
  }

  /** 0 for NULL. */
  public double real(int column) {
    return db.column_double(pointer(), column);
  }

  @Override
  public void close() {
    if (pointer != 0) {
      // It answers once more what the last step has told.
      db.finalize(pointer);
      pointer = 0;
      connection.forget(this);
    }
  }
}
