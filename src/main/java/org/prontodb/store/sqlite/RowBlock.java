package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.prontodb.model.Lifetime;
import org.sqlite.core.Sqlite3Statement;

/** Rows of a table of records, read in one go. */
final class RowBlock {
  /** What of keys and values makes a block full, but for a single record. */
  private static final int BYTES = 256 << 10;

  private final RecordTable table;
  private final byte[][] keys;
  private final byte[][] values;
  private final Lifetime[] lifetimes;
  private final String[] codecs;
  private int size;
  private long bytes;
  private boolean last;

  RowBlock(RecordTable table, int capacity) {
    this.table = table;
    this.keys = new byte[capacity][];
    this.values = new byte[capacity][];
    this.lifetimes = table.cache() ? new Lifetime[capacity] : null;
    this.codecs = table.codec() ? new String[capacity] : null;
  }

  /** Takes in the row at which {@code statement}, a {@link RecordTable#scan}, stands. */
  void add(Sqlite3Statement statement) throws SQLException {
    byte[] key = statement.bytes(0);
    byte[] value = statement.bytes(1);
    keys[size] = key;
    values[size] = value;
    if (table.cache()) {
      lifetimes[size] = new Lifetime(statement.number(2), statement.number(3), statement.number(4));
    }
    if (table.codec()) {
      byte[] codec = statement.bytes(table.codecColumn() - 1);
      codecs[size] = codec == null ? null : new String(codec, StandardCharsets.UTF_8);
    }
    bytes += key.length + value.length;
    size++;
  }

  boolean isFull() {
    return size == keys.length || bytes >= BYTES;
  }

  /** Says that no row comes behind this block. */
  void setLast() {
    last = true;
  }

  boolean isLast() {
    return last;
  }

  int size() {
    return size;
  }

  /** Of keys and values. */
  long bytes() {
    return bytes;
  }

  byte[] key(int row) {
    return keys[row];
  }

  /** The value as it is stored. */
  byte[] stored(int row) {
    return values[row];
  }

  /** How the value is stored; null for as it is. */
  String codec(int row) {
    return codecs == null ? null : codecs[row];
  }

  /** Null outside caches. */
  Lifetime lifetime(int row) {
    return lifetimes == null ? null : lifetimes[row];
  }
}
