package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

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
