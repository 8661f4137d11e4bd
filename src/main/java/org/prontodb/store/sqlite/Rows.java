package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/** What a query answers, row by row; columns count from 1. */
final class Rows implements AutoCloseable {
  private final Database database;
  private final Prepared statement;
  private final ResultSet rows;
  private boolean open = true;

  Rows(Database database, Prepared statement, ResultSet rows) {
    this.database = database;
    this.statement = statement;
    this.rows = rows;
  }

  boolean next() {
    try {
      return open && rows.next();
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  /**
   * Takes rows until the block is full, from the one on at which {@link #next} has arrived; the
   * last says so. Goes beneath JDBC, which would take a lock for each column of each row and check
   * what is known: half of the time of a long scan.
   */
  RowBlock readInto(RowBlock block) {
    try {
      ((CoreStatement) statement.statement())
          .pointer.safeRunConsume((db, pointer) -> read(db, pointer, block));
      return block;
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  private static void read(DB db, long statement, RowBlock block) throws SQLException {
    while (!block.isFull()) {
      block.add(db, statement);
      int code = db.step(statement);
      if (code == Codes.SQLITE_DONE) {
        block.setLast();
        return;
      }
      if (code != Codes.SQLITE_ROW) {
        db.throwex(code);
      }
    }
  }

  /** The bytes of a blob or a text; null if there are none. */
  byte[] bytes(int column) {
    try {
      return rows.getBytes(column);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  String text(int column) {
    byte[] utf8 = bytes(column);
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  long number(int column) {
    try {
      return rows.getLong(column);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  double real(int column) {
    try {
      return rows.getDouble(column);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      rows.close();
      database.giveBack(statement);
    } catch (SQLException e) {
      throw database.failure(e);
    }
  }
}
