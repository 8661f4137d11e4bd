package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.sqlite.RecordTable.Layout;

/** The namespaces of a database, in {@code sys_namespaces} and {@code sys_caches}. */
final class Catalog {
  private static final String SELECT =
      "SELECT project, namespace, table_name, kind, timeout_sec, max_items, evict_on_read,"
          + " compress, compress_level"
          + " FROM sys_namespaces LEFT JOIN sys_caches USING (project, namespace)";
  private static final String ONE = " WHERE project = ? AND namespace = ?";

  private final Database database;

  Catalog(Database database) {
    this.database = database;
  }

  Optional<NamespaceInfo> find(Namespace namespace) {
    try (Rows rows = database.query(SELECT + ONE, namespace.project(), namespace.name())) {
      return rows.next() ? Optional.of(info(rows)) : Optional.empty();
    }
  }

  List<NamespaceInfo> list() {
    List<NamespaceInfo> found = new ArrayList<>();
    try (Rows rows = database.query(SELECT + " ORDER BY project, namespace")) {
      while (rows.next()) {
        found.add(info(rows));
      }
    }
    return found;
  }

  /**
   * What a row says. A file that was damaged, or that somebody made who means harm, can say
   * anything: a namespace has the table of its name and no other, so that none leads to what is not
   * its own.
   */
  private NamespaceInfo info(Rows rows) {
    Namespace namespace = namespace(rows.text(1), rows.text(2));
    CacheSettings cache =
        "ttl".equals(rows.text(4))
            ? new CacheSettings(rows.number(5), rows.number(6), rows.number(7) != 0)
            : null;
    String table = TableNames.of(namespace, cache != null);
    if (!table.equals(rows.text(3))) {
      throw SqliteFailure.damaged(
          database.file(), "namespace " + namespace + " is not in the table " + table);
    }
    String compress = rows.text(8);
    CompressionSettings compression =
        compress == null
            ? null
            : new CompressionSettings(compress.equals(RecordTable.ZSTD), (int) rows.number(9));
    return new NamespaceInfo(namespace, cache, compression);
  }

  private Namespace namespace(String project, String name) {
    try {
      if (project != null && name != null) {
        return new Namespace(project, name);
      }
    } catch (ProntoException e) {
      throw SqliteFailure.damaged(database.file(), e.problem().message());
    }
    throw SqliteFailure.damaged(database.file(), "a namespace has no name");
  }

  int count() {
    return (int) database.number("SELECT count(*) FROM sys_namespaces");
  }

  NamespaceInfo create(Namespace namespace, CacheSettings cache) {
    String table = TableNames.of(namespace, cache != null);
    NamespaceInfo info = new NamespaceInfo(namespace, cache);
    RecordTable.of(info).create(Layout.ROWS_IN_KEY_ORDER).forEach(database::execute);
    database.update(
        "INSERT INTO sys_namespaces(project, namespace, kind, table_name, delim)"
            + " VALUES (?, ?, ?, ?, ?)",
        namespace.project(),
        namespace.name(),
        info.kind(),
        table,
        Delimiter.DEFAULT.toString());
    return cache == null ? info : change(info, cache);
  }

  NamespaceInfo change(NamespaceInfo namespace, CacheSettings cache) {
    database.update(
        "INSERT INTO sys_caches(project, namespace, timeout_sec, max_items, evict_on_read)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET timeout_sec = excluded.timeout_sec,"
            + " max_items = excluded.max_items, evict_on_read = excluded.evict_on_read",
        namespace.namespace().project(),
        namespace.namespace().name(),
        cache.timeoutSeconds(),
        cache.maxItems(),
        cache.evictOnRead() ? 1 : 0);
    return new NamespaceInfo(namespace.namespace(), cache, namespace.compression());
  }

  NamespaceInfo change(NamespaceInfo namespace, CompressionSettings compression) {
    if (namespace.compression() == null) {
      database.execute(RecordTable.of(namespace).addCodec());
    }
    database.update(
        "UPDATE sys_namespaces SET compress = ?, compress_level = ?" + ONE,
        compression.on() ? RecordTable.ZSTD : "none",
        compression.level(),
        namespace.namespace().project(),
        namespace.namespace().name());
    return new NamespaceInfo(namespace.namespace(), namespace.cache(), compression);
  }

  void drop(NamespaceInfo namespace) {
    String project = namespace.namespace().project();
    String name = namespace.namespace().name();
    database.execute(RecordTable.of(namespace).drop());
    database.update("DELETE FROM sys_namespaces" + ONE, project, name);
    database.update("DELETE FROM sys_caches" + ONE, project, name);
  }

  /** How many records a cache has, live or expired: counted as they come and go. */
  long records(NamespaceInfo cache) {
    return database.number(
        "SELECT records FROM sys_caches" + ONE,
        cache.namespace().project(),
        cache.namespace().name());
  }

  void addRecords(NamespaceInfo cache, long change) {
    if (change != 0) {
      database.update(
          "UPDATE sys_caches SET records = records + ?" + ONE,
          change,
          cache.namespace().project(),
          cache.namespace().name());
    }
  }
}
