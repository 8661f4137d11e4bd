package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.store.KeyRange;

/**
 * Which rows of a table to read, in the order of their keys.
 *
 * @param now the instant at which a record of a cache is not to have expired
 * @param limit how many rows at the most; negative for all
 * @param offset how many rows to leave out first
 */
record TableScan(RecordTable table, KeyRange range, long now, int limit, int offset) {
  private static final int ALL = -1;

  TableScan(RecordTable table, KeyRange range, long now) {
    this(table, range, now, ALL, 0);
  }

  Rows rows(Database database) {
    String sql = table.scan(range) + " LIMIT " + limit + " OFFSET " + offset;
    return database.query(sql, parameters());
  }

  /** As {@link RecordTable#sizes}. */
  Rows sizes(Database database, int header) {
    String sql = table.sizes(range, header) + " LIMIT " + limit;
    return database.query(sql, parameters());
  }

  /**
   * Whether a key tells where to read on. One that somebody else has written as a blob does not: it
   * is ordered behind all text.
   */
  boolean isDivisible(Database database) {
    return database.number(table.firstBlobKey()) == 0;
  }

  private Object[] parameters() {
    List<Object> parameters = bounds();
    if (table.cache()) {
      parameters.add(now);
    }
    return parameters.toArray();
  }

  /** The key of the row that {@code count} others precede, expired or not; null if none is left. */
  byte[] keyBehind(Database database, int count) {
    List<Object> parameters = bounds();
    parameters.add(count);
    String sql = table.keyBehind(range);
    try (Rows rows = database.query(sql, parameters.toArray())) {
      return rows.next() ? rows.bytes(1) : null;
    }
  }

  private List<Object> bounds() {
    List<Object> bounds = new ArrayList<>();
    bounds.add(range.from());
    if (range.to() != null) {
      bounds.add(range.to());
    }
    return bounds;
  }

  /**
   * What of it comes before {@code key}, the answer of {@link #keyBehind} for {@code count}. Where
   * no row is passed over, SQLite counts them rather than compare each key.
   */
  TableScan before(byte[] key, int count) {
    if (!table.cache()) {
      return new TableScan(table, range, now, count, 0);
    }
    return new TableScan(table, new KeyRange(range.from(), key), now);
  }

  /** What of it comes from {@code key} on. */
  TableScan from(byte[] key) {
    return new TableScan(table, new KeyRange(key, range.to()), now);
  }

  /** What of it comes after the first {@code count} rows. */
  TableScan behind(int count) {
    return new TableScan(table, range, now, ALL, count);
  }

  /** What of it comes after {@code key}. */
  TableScan after(byte[] key) {
    return new TableScan(table, range.after(key), now);
  }
}
