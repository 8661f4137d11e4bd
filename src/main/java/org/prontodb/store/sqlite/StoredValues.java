package org.prontodb.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.prontodb.compression.ValueCompressor;
import org.prontodb.compression.ValueCompressor.DamagedException;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;
import org.prontodb.store.NamespaceInfo;

/** The values of one namespace's table, each stored as its row's {@code codec} says. */
final class StoredValues {
  private final Database database;
  private final NamespaceInfo namespace;
  private final RecordTable table;
  private final ValueCompressor compressor;

  StoredValues(Database database, NamespaceInfo namespace, ValueCompressor compressor) {
    this.database = database;
    this.namespace = namespace;
    this.table = RecordTable.of(namespace);
    this.compressor = compressor;
  }

  /** The value in a row that {@link RecordTable#get} or {@link RecordTable#scan} answered. */
  byte[] value(Rows rows) {
    String codec = table.codec() ? rows.text(table.codecColumn()) : null;
    return value(rows.bytes(2), codec, codec == null ? null : rows.bytes(1));
  }

  /**
   * The value of which {@code stored} is in its row.
   *
   * @param codec null for as it is
   * @param utf8 the key, for a message
   */
  byte[] value(byte[] stored, String codec, byte[] utf8) {
    if (codec == null) {
      return stored;
    }
    String key = new String(utf8, StandardCharsets.UTF_8);
    try {
      if (!codec.equals(RecordTable.ZSTD)) {
        throw Problem.of(
                Kind.FAILED, describe(key) + " has an unknown codec " + Text.visible(codec))
            .asException();
      }
      return compressor.decompress(stored);
    } catch (DamagedException e) {
      throw Problem.of(
              Kind.FAILED,
              damaged(key, e),
              "prontodb check says what else is damaged; restore a backup")
          .asException();
    }
  }

  /** What a value takes that {@link RecordTable#size} has told of: as stored, and unpacked. */
  long size(Rows rows) {
    long stored = rows.number(1);
    byte[] start = table.codec() ? rows.bytes(2) : null;
    return start == null ? stored : stored + length(start, stored);
  }

  private String describe(String key) {
    return "the value of \"%s\" in %s".formatted(Text.visible(key), namespace.namespace());
  }

  private String damaged(String key, DamagedException cause) {
    return describe(key) + " is compressed, but damaged: " + cause.getMessage();
  }

  /** How many bytes more the values live at {@code now} have than what is stored of them. */
  long savedBytes(long now) {
    if (!table.codec()) {
      return 0;
    }
    String sql = table.frames(ValueCompressor.HEADER_BYTES);
    long saved = 0;
    try (Rows rows = table.cache() ? database.query(sql, now) : database.query(sql)) {
      while (rows.next()) {
        saved += length(rows.bytes(1), rows.number(2)) - rows.number(2);
      }
    }
    return saved;
  }

  /** A damaged frame is counted as it is stored. */
  private static long length(byte[] start, long stored) {
    try {
      return ValueCompressor.length(start);
    } catch (DamagedException e) {
      return stored;
    }
  }

  /** Which compressed values can not be read, a sentence each. */
  List<String> damages() {
    List<String> damages = new ArrayList<>();
    if (table.codec()) {
      try (Rows rows = database.query(table.compressed())) {
        while (rows.next()) {
          check(rows, damages);
        }
      }
    }
    return damages;
  }

  private void check(Rows rows, List<String> damages) {
    try {
      compressor.decompress(rows.bytes(2));
    } catch (DamagedException e) {
      damages.add(damaged(new String(rows.bytes(1), StandardCharsets.UTF_8), e));
    }
  }
}
