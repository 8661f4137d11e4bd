package org.prontodb.store.sqlite;

import java.sql.SQLException;
import java.util.Arrays;
import org.prontodb.compression.ValueCompressor;
import org.prontodb.model.Lifetime;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Removals;
import org.prontodb.store.sqlite.RecordTable.Layout;
import org.sqlite.core.Sqlite3Statement;

/**
 * Writes rows many at a time, which is three times as fast as one by one. Only where the keys
 * ascend, though: for a statement that writes to many places of a table, SQLite keeps a journal of
 * its own in order to be able to undo that statement alone, and then one by one is faster.
 */
final class SqliteTableWriter implements NamespaceWriter {
  /** Rows of one statement. More were not faster. */
  private static final int ROWS = 32;

  /** Bytes of keys and values that are held back at most, but for a single record. */
  private static final int BYTES = 128 << 10;

  /** From which mean width of records, in bytes, a table is laid out for wide ones. */
  private static final int WIDE = 1_000;

  /** How many records are written into a cache before it can pay to make its indexes afterwards. */
  private static final int MANY = 10_000;

  private final Database database;
  private final Catalog catalog;
  private final NamespaceInfo namespace;
  private final RecordTable table;
  private final ValueCompressor compressor;

  private final byte[][] keys = new byte[ROWS][];
  private final byte[][] values = new byte[ROWS][];
  private final String[] codecs = new String[ROWS];
  private final Lifetime[] lifetimes = new Lifetime[ROWS];
  private final long[] sequences = new long[ROWS];
  private final Statements single = new Statements(1);
  private final Statements many = new Statements(ROWS);

  /** Null for a cache. */
  private final UnchangedRows unchanged;

  private int pending;
  private long pendingBytes;
  private boolean ascending = true;

  private boolean layoutChosen;

  /** How many records more there are than before; counted for caches only. */
  private long added;

  /** How many deletions found a record. */
  private long deleted;

  /** The number of the newest record that was there before; -1 while it is not known. */
  private long lastSequence = -1;

  private long written;
  private long indexesStayUntil = MANY;
  private boolean indexed = true;

  /**
   * @param compressor for the values, if the namespace asks for it
   */
  SqliteTableWriter(
      Database database, Catalog catalog, NamespaceInfo namespace, ValueCompressor compressor) {
    this.database = database;
    this.catalog = catalog;
    this.namespace = namespace;
    this.table = RecordTable.of(namespace);
    this.compressor = compressor;
    this.unchanged = table.cache() ? null : new UnchangedRows(database, table);
  }

  @Override
  public void put(byte[] key, byte[] value, Lifetime lifetime, long arrival) {
    byte[] frame =
        namespace.compresses() ? compressor.compress(value, namespace.compression().level()) : null;
    byte[] stored = frame == null ? value : frame;
    String codec = frame == null ? null : RecordTable.ZSTD;
    if (unchanged != null && unchanged.hold(key, stored, codec)) {
      return;
    }
    ascending = ascending && isBehindPending(key);
    keys[pending] = key;
    codecs[pending] = codec;
    values[pending] = stored;
    lifetimes[pending] = lifetime;
    sequences[pending] = table.cache() ? lastSequence() + arrival : 0;
    pending++;
    pendingBytes += key.length + stored.length;
    if (pending == ROWS || pendingBytes > BYTES) {
      flush();
    }
  }

  @Override
  public void delete(byte[] key) {
    if (!(ascending && isBehindPending(key))) {
      flush();
    }
    if (unchanged != null) {
      unchanged.touch(key);
    }
    long found = database.update(table.delete(), key);
    added -= found;
    deleted += found;
  }

  @Override
  public long deleted() {
    flush();
    return deleted;
  }

  /** The records that were there before keep their numbers, so this is asked once. */
  private long lastSequence() {
    if (lastSequence < 0) {
      lastSequence = database.number(table.lastSequence());
    }
    return lastSequence;
  }

  @Override
  public void clear(Removals removals) {
    flush();
    if (unchanged != null) {
      unchanged.forget();
    }
    added -=
        removals == null
            ? database.update(table.deleteAll())
            : database.delete(table.deleteAll(), removals::evicted);
  }

  private boolean isBehindPending(byte[] key) {
    return pending == 0 || Arrays.compareUnsigned(keys[pending - 1], key) < 0;
  }

  private void flush() {
    int rows = pending;
    if (rows > 0 && !layoutChosen) {
      chooseLayout(pendingBytes / rows);
    }
    pending = 0;
    pendingBytes = 0;
    try {
      if (rows == ROWS && ascending) {
        write(0, ROWS);
      } else {
        for (int row = 0; row < rows; row++) {
          write(row, 1);
        }
      }
    } catch (SQLException e) {
      throw database.failure(e);
    } finally {
      ascending = true;
      Arrays.fill(keys, 0, rows, null);
      Arrays.fill(values, 0, rows, null);
    }
  }

  /** An empty table is made anew where the first records are too wide for the usual layout. */
  private void chooseLayout(long meanWidth) {
    layoutChosen = true;
    if (meanWidth > WIDE && database.number(table.first()) == 0) {
      database.execute(table.drop());
      table.create(Layout.ROWS_BEHIND_AN_INDEX).forEach(database::execute);
    }
  }

  private void write(int from, int rows) throws SQLException {
    Statements statements = rows == 1 ? single : many;
    if (unchanged != null) {
      if (run(statements.put(), from, rows) == 0) {
        unchanged.wroteInVain(rows);
      }
      return;
    }
    // Only so can new records be told from written over ones, and a cache has to be counted.
    long created = run(statements.putNew(), from, rows);
    added += created;
    if (created < rows) {
      run(statements.put(), from, rows);
    }
    written += rows;
    if (indexed && written >= indexesStayUntil) {
      dropIndexes();
    }
  }

  /**
   * To sort the entries of an index once is cheaper than to put each in its place, if most of them
   * are new: where a load has written more than there was.
   */
  private void dropIndexes() {
    indexesStayUntil = Math.max(MANY, catalog.records(namespace));
    if (written >= indexesStayUntil) {
      table.dropIndexes().forEach(database::execute);
      indexed = false;
    }
  }

  private long run(Sqlite3Statement statement, int from, int rows) throws SQLException {
    int parameter = 1;
    for (int row = from; row < from + rows; row++) {
      statement.bind(parameter++, keys[row]);
      statement.bind(parameter++, values[row]);
      if (table.cache()) {
        statement.bind(parameter++, lifetimes[row].createdAt());
        statement.bind(parameter++, lifetimes[row].ttlSeconds());
        statement.bind(parameter++, lifetimes[row].expiresAt());
        statement.bind(parameter++, sequences[row]);
      }
      if (table.codec()) {
        statement.bind(parameter++, codecs[row]);
      }
    }
    return statement.update();
  }

  /** The statements for a number of rows, compiled when they are needed and kept to the end. */
  private final class Statements {
    private final int rows;
    private Prepared put;
    private Prepared putNew;

    Statements(int rows) {
      this.rows = rows;
    }

    Sqlite3Statement put() throws SQLException {
      if (put == null) {
        put = database.take(table.put(rows));
      }
      return put.statement();
    }

    Sqlite3Statement putNew() throws SQLException {
      if (putNew == null) {
        putNew = database.take(table.putNew(rows));
      }
      return putNew.statement();
    }

    void giveBack() {
      if (put != null) {
        database.giveBack(put);
        put = null;
      }
      if (putNew != null) {
        database.giveBack(putNew);
        putNew = null;
      }
    }
  }

  @Override
  public void close() {
    flush();
    single.giveBack();
    many.giveBack();
    if (!indexed) {
      table.createIndexes().forEach(database::execute);
      indexed = true;
    }
    if (table.cache()) {
      catalog.addRecords(namespace, added);
      added = 0;
    }
  }
}
