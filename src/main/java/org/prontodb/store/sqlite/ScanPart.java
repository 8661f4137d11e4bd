package org.prontodb.store.sqlite;

/** A part of a scan, and where it is read. For the thread that has taken it. */
final class ScanPart implements AutoCloseable {
  private final TableScan scan;
  private final Database database;
  private final boolean ahead;
  private final int blockRows;
  private Rows rows;

  /**
   * @param ahead whether the reader ahead reads it
   * @param blockRows how many rows to read at a time, if they are small
   */
  ScanPart(TableScan scan, Database database, boolean ahead, int blockRows) {
    this.scan = scan;
    this.database = database;
    this.ahead = ahead;
    this.blockRows = blockRows;
  }

  boolean isAhead() {
    return ahead;
  }

  /** The next rows; the last block says so, and may be empty. */
  RowBlock read() {
    RowBlock block = new RowBlock(scan.table(), blockRows);
    if (rows == null) {
      rows = scan.rows(database);
      if (!rows.next()) {
        block.setLast();
        return block;
      }
    }
    return rows.readInto(block);
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
