package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.prontodb.compression.ValueCompressor;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;
import org.prontodb.store.AppliedLoads;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.Identities;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceStats;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Removals;
import org.prontodb.store.Transaction;

/** A transaction on a connection of its own, which goes back to the store at the end. */
final class SqliteTransaction implements Transaction {
  /**
   * How many expired records a write into a full cache removes at the least, if there are as many:
   * they make room for as many writes to come, and no write has to remove millions at once.
   */
  private static final long PURGED_WITH_A_WRITE = 1_000;

  private final TransactionEnd end;
  private final Database database;
  private final Database twin;
  private final Catalog catalog;
  private final ValueCompressor compressor = new ValueCompressor();
  private boolean committed;
  private boolean closed;

  SqliteTransaction(Database database, TransactionEnd end) {
    this(database, null, end);
  }

  /**
   * @param twin a connection in a transaction that sees the same, for reading alone; or null
   */
  SqliteTransaction(Database database, Database twin, TransactionEnd end) {
    this.end = end;
    this.database = database;
    this.twin = twin;
    this.catalog = new Catalog(database);
  }

  /** Whether two threads can read at once. */
  boolean hasTwin() {
    return twin != null;
  }

  @Override
  public Optional<NamespaceInfo> namespace(Namespace namespace) {
    return catalog.find(namespace);
  }

  @Override
  public List<NamespaceInfo> namespaces() {
    return catalog.list();
  }

  @Override
  public int namespaceCount() {
    return catalog.count();
  }

  @Override
  public NamespaceInfo create(Namespace namespace, CacheSettings cache) {
    return catalog.create(namespace, cache);
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CacheSettings cache) {
    return catalog.change(namespace, cache);
  }

  @Override
  public NamespaceInfo change(NamespaceInfo namespace, CompressionSettings compression) {
    return catalog.change(namespace, compression);
  }

  @Override
  public void drop(NamespaceInfo namespace) {
    catalog.drop(namespace);
  }

  @Override
  public NamespaceStats stats(NamespaceInfo namespace, long now) {
    String sql = RecordTable.of(namespace).stats();
    long saved = values(namespace).savedBytes(now);
    try (Rows rows = namespace.isCache() ? database.query(sql, now) : database.query(sql)) {
      rows.next();
      long expired = rows.number(3);
      return new NamespaceStats(rows.number(1) - expired, rows.number(2) + saved, expired);
    }
  }

  private StoredValues values(NamespaceInfo namespace) {
    return new StoredValues(database, namespace, compressor);
  }

  @Override
  public Optional<Entry> get(NamespaceInfo namespace, Key key) {
    try (Rows rows = database.query(RecordTable.of(namespace).get(), key.utf8())) {
      if (!rows.next()) {
        return Optional.empty();
      }
      byte[] value = values(namespace).value(rows);
      return Optional.of(new Entry(key, value, lifetime(namespace, rows)));
    }
  }

  @Override
  public long size(NamespaceInfo namespace, Key key) {
    String sql = RecordTable.of(namespace).size(ValueCompressor.HEADER_BYTES);
    try (Rows rows = database.query(sql, key.utf8())) {
      return rows.next() ? values(namespace).size(rows) : 0;
    }
  }

  @Override
  public long largest(NamespaceInfo namespace, KeyRange range, long now, int limit) {
    TableScan scan = new TableScan(RecordTable.of(namespace), range, now, limit, 0);
    StoredValues values = values(namespace);
    long largest = 0;
    try (Rows rows = scan.sizes(database, ValueCompressor.HEADER_BYTES)) {
      while (rows.next()) {
        largest = Math.max(largest, values.size(rows));
      }
    }
    return largest;
  }

  static Lifetime lifetime(NamespaceInfo namespace, Rows rows) {
    return namespace.isCache()
        ? new Lifetime(rows.number(3), rows.number(4), rows.number(5))
        : null;
  }

  @Override
  public EntryCursor scan(NamespaceInfo namespace, KeyRange range, long now) {
    Rows rows = tableScan(namespace, range, now).rows(database);
    return new SqliteCursor(rows, namespace, values(namespace));
  }

  @Override
  public EntryCursor scanAhead(NamespaceInfo namespace, KeyRange range, long now) {
    TableScan scan = tableScan(namespace, range, now);
    return new AheadCursor(database, twin, scan, values(namespace));
  }

  private static TableScan tableScan(NamespaceInfo namespace, KeyRange range, long now) {
    return new TableScan(RecordTable.of(namespace), range, now);
  }

  @Override
  public NamespaceWriter writer(NamespaceInfo namespace) {
    return new SqliteTableWriter(database, catalog, namespace, compressor);
  }

  @Override
  public long purge(NamespaceInfo cache, long now, long limit, Removals removals) {
    String sql = RecordTable.of(cache).purge();
    long purged =
        removals == null
            ? database.update(sql, now, limit)
            : database.delete(sql, removals::expired, now, limit);
    catalog.addRecords(cache, -purged);
    return purged;
  }

  @Override
  public long trim(NamespaceInfo cache, long now, Removals removals) {
    long limit = cache.cache().maxItems();
    long excess = limit == 0 ? 0 : catalog.records(cache) - limit;
    if (excess <= 0) {
      return 0;
    }
    long removed = purge(cache, now, Math.max(excess, PURGED_WITH_A_WRITE), removals);
    if (removed < excess) {
      String sql = RecordTable.of(cache).evict();
      long evicted =
          removals == null
              ? database.update(sql, excess - removed)
              : database.delete(sql, removals::evicted, excess - removed);
      catalog.addRecords(cache, -evicted);
      removed += evicted;
    }
    return removed;
  }

  @Override
  public Identities identities() {
    return new SqliteIdentities(database);
  }

  @Override
  public AppliedLoads loads() {
    return new SqliteAppliedLoads(database);
  }

  @Override
  public void commit() {
    end.commit(database);
    committed = true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      compressor.close();
      try {
        if (twin != null) {
          end.release(twin, false);
        }
      } finally {
        end.release(database, committed);
      }
    }
  }

  /** What is damaged in a database without a transaction, a sentence each. */
  static List<String> damages(Database database) {
    TransactionEnd nothing =
        new TransactionEnd() {
          @Override
          public void commit(Database database) {}

          @Override
          public void release(Database database, boolean committed) {}
        };
    try (SqliteTransaction transaction = new SqliteTransaction(database, nothing)) {
      return transaction.check();
    }
  }

  /** What is damaged, a sentence each. */
  List<String> check() {
    List<String> damages = new ArrayList<>();
    try {
      collect(damages, "PRAGMA integrity_check", rows -> rows.text(1));
      damages.remove("ok");
      collect(
          damages,
          "SELECT project, namespace, table_name FROM sys_namespaces WHERE table_name"
              + " NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')",
          rows ->
              "namespace %s.%s has lost its table %s"
                  .formatted(rows.text(1), rows.text(2), rows.text(3)));
      if (damages.isEmpty()) {
        namespaces().forEach(namespace -> damages.addAll(values(namespace).damages()));
      }
    } catch (ProntoException e) {
      if (e.problem().kind() == Kind.BUSY) {
        throw e;
      }
      damages.add(e.problem().message());
    }
    return damages;
  }

  private void collect(List<String> damages, String sql, Function<Rows, String> sentence) {
    try (Rows rows = database.query(sql)) {
      while (rows.next()) {
        // SQLite tells the faults of a tree in lines of one answer.
        sentence.apply(rows).lines().map(Text::visible).forEach(damages::add);
      }
    }
  }
}
