package org.prontodb.store.sqlite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;

/**
 * The SQL for the table of one namespace. Keys are bound as blobs and cast, which takes their bytes
 * as they are; in ranges, bytes that are no UTF-8 too.
 *
 * @param codec whether there is a column {@code codec}, which says how each value is stored: {@link
 *     #ZSTD}, or null for as it is
 */
record RecordTable(String name, boolean cache, boolean codec) {
  /** In {@code codec}: as a zstd frame. */
  static final String ZSTD = "zstd";

  private static final String KEY = "CAST(? AS TEXT)";

  /** How a table keeps its rows: docs/decisions/0001-table-layout.md has the figures. */
  enum Layout {
    /** One tree of keys with their values: best while several rows fit a page. */
    ROWS_IN_KEY_ORDER,
    /** A tree of rows, and one of keys that lead to them: a search does not read the values. */
    ROWS_BEHIND_AN_INDEX
  }

  static RecordTable of(NamespaceInfo namespace) {
    String name = TableNames.of(namespace.namespace(), namespace.isCache());
    return new RecordTable('"' + name + '"', namespace.isCache(), namespace.compression() != null);
  }

  /** The statements that make the table and its indexes. */
  List<String> create(Layout layout) {
    String end =
        (codec ? ", codec TEXT" : "")
            + (layout == Layout.ROWS_IN_KEY_ORDER ? ") WITHOUT ROWID" : ")");
    if (!cache) {
      return List.of(
          "CREATE TABLE " + name + "(k TEXT NOT NULL PRIMARY KEY, v BLOB NOT NULL" + end);
    }
    List<String> statements = new ArrayList<>();
    statements.add(
        """
            CREATE TABLE %s(
              k TEXT NOT NULL PRIMARY KEY,
              v BLOB NOT NULL,
              created_at INTEGER NOT NULL,
              ttl_sec INTEGER NOT NULL,
              expires_at INTEGER NOT NULL,
              seq INTEGER NOT NULL%s"""
            .formatted(name, end));
    statements.addAll(createIndexes());
    return statements;
  }

  /** The statements that make the indexes of a cache: by arrival, and by expiry. */
  List<String> createIndexes() {
    return List.of(
        "CREATE INDEX %s ON %s(seq)".formatted(index("_seq"), name),
        "CREATE INDEX %s ON %s(expires_at)".formatted(index("_expires"), name));
  }

  List<String> dropIndexes() {
    return List.of("DROP INDEX " + index("_seq"), "DROP INDEX " + index("_expires"));
  }

  /** Takes as long for many rows as for none: SQLite does not touch them. */
  String addCodec() {
    return "ALTER TABLE " + name + " ADD COLUMN codec TEXT";
  }

  private String index(String suffix) {
    return name.substring(0, name.length() - 1) + suffix + '"';
  }

  String first() {
    return "SELECT 1 FROM " + name + " LIMIT 1";
  }

  String drop() {
    return "DROP TABLE " + name;
  }

  String get() {
    return "SELECT " + columns() + " FROM " + name + " WHERE k = " + KEY;
  }

  /** Answers how large a value is as it is stored, and the start of a compressed one. */
  String size(int header) {
    return "SELECT " + sizes(header) + " FROM " + name + " WHERE k = " + KEY;
  }

  /** Answers what {@link #size} does for the rows of {@link #scan}; takes the same. */
  String sizes(KeyRange range, int header) {
    return rows(sizes(header), range);
  }

  private String sizes(int header) {
    return "octet_length(v)"
        + (codec ? ", CASE codec WHEN '%s' THEN substr(v, 1, %d) END".formatted(ZSTD, header) : "");
  }

  /** Takes {@code from}, {@code to} where there is one, and in a cache the instant. */
  String scan(KeyRange range) {
    return rows(columns(), range);
  }

  private String rows(String columns, KeyRange range) {
    return selectFrom(columns)
        + (range.to() == null ? "" : " AND k < " + KEY)
        + (cache ? " AND expires_at > ?" : "")
        + " ORDER BY k";
  }

  /**
   * Answers rows of no cache as {@link #scan} does; takes the key to begin with. Leaves out what
   * only others have written, keys and values of another type: bytes tell the rest apart.
   */
  String rowsFrom() {
    return selectFrom(columns()) + " AND k < x'' AND v >= x'' ORDER BY k";
  }

  /** Answers 1 if somebody else has written a key that is no text. */
  String firstBlobKey() {
    return "SELECT 1 FROM " + name + " WHERE k >= x'' LIMIT 1";
  }

  /** Takes {@code from}, {@code to} where there is one, and how many rows to pass over. */
  String keyBehind(KeyRange range) {
    return selectFrom("k")
        + (range.to() == null ? "" : " AND k < " + KEY)
        + " ORDER BY k LIMIT 1 OFFSET ?";
  }

  /** The beginning of a query for the rows from a key on, which it takes first. */
  private String selectFrom(String columns) {
    return "SELECT " + columns + " FROM " + name + " WHERE k >= " + KEY;
  }

  private String columns() {
    return (cache ? "k, v, created_at, ttl_sec, expires_at" : "k, v") + (codec ? ", codec" : "");
  }

  /** Where {@link #get} and {@link #scan} answer {@code codec}, if there is one. */
  int codecColumn() {
    return cache ? 6 : 3;
  }

  String delete() {
    return "DELETE FROM " + name + " WHERE k = " + KEY;
  }

  String deleteAll() {
    return "DELETE FROM " + name;
  }

  /** Writes rows; one that is there already as it should be is left alone. */
  String put(int rows) {
    return insert(rows)
        + (cache
            ? " DO UPDATE SET v = excluded.v,"
                + (codec ? " codec = excluded.codec," : "")
                + " created_at = excluded.created_at,"
                + " ttl_sec = excluded.ttl_sec, expires_at = excluded.expires_at,"
                + " seq = excluded.seq WHERE seq IS NOT excluded.seq"
            : codec
                ? " DO UPDATE SET v = excluded.v, codec = excluded.codec"
                    + " WHERE v IS NOT excluded.v OR codec IS NOT excluded.codec"
                : " DO UPDATE SET v = excluded.v WHERE v IS NOT excluded.v");
  }

  /** Writes the rows whose keys are not there yet. */
  String putNew(int rows) {
    return insert(rows) + " DO NOTHING";
  }

  private String insert(int rows) {
    String row = "(" + KEY + ", ?" + (cache ? ", ?, ?, ?, ?" : "") + (codec ? ", ?)" : ")");
    return "INSERT INTO "
        + name
        + (cache ? "(k, v, created_at, ttl_sec, expires_at, seq" : "(k, v")
        + (codec ? ", codec)" : ")")
        + " VALUES "
        + String.join(", ", Collections.nCopies(rows, row))
        + " ON CONFLICT (k)";
  }

  /** Answers records and bytes that are live, and the number of the expired; takes the instant. */
  String stats() {
    String bytes = "octet_length(k) + octet_length(v)";
    return cache
        ? "SELECT count(*), coalesce(sum(CASE WHEN live THEN bytes END), 0),"
            + " coalesce(sum(NOT live), 0) FROM (SELECT "
            + bytes
            + " AS bytes, expires_at > ? AS live FROM "
            + name
            + ")"
        : "SELECT count(*), coalesce(sum(" + bytes + "), 0), 0 FROM " + name;
  }

  /**
   * Answers the first {@code header} bytes of the compressed values that are live, and how many
   * they have in all; takes the instant.
   */
  String frames(int header) {
    return "SELECT substr(v, 1, %d), octet_length(v) FROM %s WHERE codec = '%s'%s"
        .formatted(header, name, ZSTD, cache ? " AND expires_at > ?" : "");
  }

  /** Answers keys and values of the compressed. */
  String compressed() {
    return "SELECT k, v FROM %s WHERE codec = '%s'".formatted(name, ZSTD);
  }

  /** Takes an instant and a limit. */
  String purge() {
    return deleteFirst("WHERE expires_at <= ? ORDER BY expires_at");
  }

  /** Takes a limit. */
  String evict() {
    return deleteFirst("ORDER BY seq");
  }

  private String deleteFirst(String which) {
    return "DELETE FROM %s WHERE k IN (SELECT k FROM %s %s LIMIT ?)".formatted(name, name, which);
  }

  String lastSequence() {
    return "SELECT max(seq) FROM " + name;
  }
}
