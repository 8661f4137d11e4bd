package org.prontodb.store.sqlite;

import java.util.Arrays;
import java.util.Objects;

/**
 * Finds the records that need not be written because their table holds them already: reads the rows
 * that follow in the table along with records whose keys ascend. Where most of these rows are met,
 * that takes half of the time of a statement that searches for each record.
 *
 * <p>Where the records are scattered over the table, it would take longer. So rows are read on
 * credit: a record that is found here pays for one and a half, one that a statement did not change
 * for a small part of one. A load that meets few of the rows has soon spent that, and goes on with
 * statements.
 *
 * <p>Not for caches, where each write changes its record.
 */
final class UnchangedRows {
  /** With fewer, to begin a query would take longer than to read what it answers. */
  private static final int LEAST_ROWS = 64;

  private static final int MOST_ROWS = 1024;

  /** What a row costs, and a record that is found brings. */
  private static final int ROW = 2;

  private static final int FOUND = 3;

  /** How many records that a statement did not change bring one. */
  private static final int RECORDS_FOR_ONE = 16;

  private final Database database;
  private final RecordTable table;
  private final String query;

  /** What may be spent on reading rows. */
  private long credit;

  /**
   * Rows of the table, those behind {@link #last} as they still are; null if none have been read.
   * To read the first ones takes a statement that brought the credit, so that nothing is held back
   * then.
   */
  private RowBlock block;

  /** Where in the block the walk has arrived. */
  private int row;

  private byte[] last;

  UnchangedRows(Database database, RecordTable table) {
    this.database = database;
    this.table = table;
    this.query = table.rowsFrom();
  }

  /** A statement wrote so many records and changed nothing. */
  void wroteInVain(int records) {
    credit += records / RECORDS_FOR_ONE;
  }

  /** The row of this key is about to change. */
  void touch(byte[] key) {
    if (block != null && Arrays.compareUnsigned(last, key) < 0) {
      last = key;
    }
  }

  /** Any row may change. */
  void forget() {
    block = null;
    credit = 0;
  }

  /**
   * Whether a record is known to be in the table as it is to be. To be asked of each one before it
   * is written or held back; one that is not known is taken to change its row.
   *
   * @param stored the value as it is to be stored
   * @param codec how that is done; null for as it is
   */
  boolean hold(byte[] key, byte[] stored, String codec) {
    if (block != null && Arrays.compareUnsigned(last, key) >= 0) {
      forget();
    }
    last = key;
    if (!findRow(key)) {
      return false;
    }
    boolean same =
        Arrays.equals(block.key(row), key)
            && Arrays.equals(block.stored(row), stored)
            && Objects.equals(block.codec(row), codec);
    if (same) {
      credit += FOUND;
    }
    return same;
  }

  /** Goes to the first row that is not before a key; says whether there is one. */
  private boolean findRow(byte[] key) {
    if (block != null) {
      while (row < block.size() && Arrays.compareUnsigned(block.key(row), key) < 0) {
        row++;
      }
    }
    if (block == null || row == block.size() && !block.isLast()) {
      read(key);
    }
    return block != null && row < block.size();
  }

  private void read(byte[] from) {
    block = null;
    long payable = credit / ROW;
    if (payable < LEAST_ROWS) {
      return;
    }
    RowBlock next = new RowBlock(table, (int) Math.min(payable, MOST_ROWS));
    try (Rows rows = database.query(query, from)) {
      if (rows.next()) {
        rows.readInto(next);
      } else {
        next.setLast();
      }
    }
    credit -= (long) ROW * next.size();
    block = next;
    row = 0;
  }
}
