package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.sqlite.core.Sqlite3Statement;

/** What a query answers, row by row; columns count from 1. */
final class Rows implements AutoCloseable {
  /** What is read without locks is looked at so often; docs/storage.md tells how. */
  private static final int ROWS_AT_A_TIME = 500;

  private final Database database;
  private final Prepared prepared;
  private final Sqlite3Statement statement;
  private boolean open = true;

  /** Behind the last row SQLite would begin again. */
  private boolean ended;

  /** How many rows were read since it was last proven that they are of one state. */
  private int unproven;

  Rows(Database database, Prepared prepared) {
    this.database = database;
    this.prepared = prepared;
    this.statement = prepared.statement();
  }

  boolean next() {
    try {
      return nextOrThrow();
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /** As {@link #next}, for a caller who can do something about the error. */
  boolean nextOrThrow() throws SQLException {
    if (ended || !open) {
      return false;
    }
    ended = true;
    ended = !statement.step();
    unproven++;
    if (ended || unproven >= ROWS_AT_A_TIME) {
      prove();
    }
    return !ended;
  }

  private void prove() {
    database.requireUnchanged();
    unproven = 0;
  }

  /**
   * Takes rows until the block is full, from the one on at which {@link #next} has arrived; the
   * last says so.
   */
  RowBlock readInto(RowBlock block) {
    try {
      while (!block.isFull()) {
        block.add(statement);
        if (!nextOrThrow()) {
          block.setLast();
          break;
        }
      }
      prove();
      return block;
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /** The bytes of a blob or a text; null if there are none. */
  byte[] bytes(int column) {
    try {
      return statement.bytes(column - 1);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  String text(int column) {
    byte[] utf8 = bytes(column);
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  long number(int column) {
    return statement.number(column - 1);
  }

  double real(int column) {
    return statement.real(column - 1);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      database.giveBack(prepared);
      if (unproven > 0) {
        prove();
      }
    }
  }
}
