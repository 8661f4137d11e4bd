package org.prontodb.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/** How compressed values lie in the file, and what becomes of damaged ones. */
class CompressedValuesTest {
  private static final Namespace PAGES = new Namespace("kb", "pages");
  private static final CompressionSettings ON = new CompressionSettings(true, 3);
  private static final CompressionSettings OFF = new CompressionSettings(false, 3);
  private static final String LONG = "all work and no play ".repeat(50);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeNamespace() {
    file = folder.resolve("pronto.db");
    change(transaction -> transaction.create(PAGES, null));
  }

  @Test
  void tableHasACodecOnlyOnceItIsAskedFor() throws Exception {
    put("a", LONG);
    assertEquals("k v", columns());
    compress(OFF);
    put("b", LONG);
    assertEquals("k v codec", columns());
    compress(ON);
    put("c", LONG);
    compress(OFF);
    put("d", LONG);
    assertEquals("k v codec", columns());
    assertEquals(
        "a||1050\nb||1050\nc|zstd|1\nd||1050",
        shell(
            "SELECT k, codec, iif(codec IS NULL, length(v), length(v) < 100)"
                + " FROM ns_kb_pages ORDER BY k"));
    assertEquals("ok", shell("PRAGMA integrity_check"));
  }

  @Test
  void shortValueStaysAsItIs() throws Exception {
    compress(ON);
    put("a", "al dente");
    put("b", "");
    assertEquals("a||al dente\nb||", shell("SELECT k, codec, v FROM ns_kb_pages ORDER BY k"));
  }

  @Test
  void stockProgramsShowACompressedValue() throws Exception {
    compress(ON);
    put("a", LONG);
    Path frame = folder.resolve("a.zst");
    shell("SELECT writefile('" + frame + "', v) FROM ns_kb_pages WHERE k = 'a'");
    Process zstd = new ProcessBuilder("zstd", "-dc", frame.toString()).start();
    assertEquals(LONG, new String(zstd.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, zstd.waitFor());
  }

  @Test
  void namespaceOfWideRecordsKeepsItsCodec() throws Exception {
    compress(ON);
    byte[] noise = new byte[20_000];
    new java.util.Random(5).nextBytes(noise);
    change(
        transaction -> {
          try (NamespaceWriter writer = transaction.writer(info(transaction))) {
            writer.put("a".getBytes(UTF_8), noise, null, 0);
          }
        });
    put("b", LONG);
    assertEquals("k v codec", columns());
    assertEquals("zstd", shell("SELECT codec FROM ns_kb_pages WHERE k = 'b'"));
  }

  @Test
  void valueThatIsThereAlreadyIsNotWrittenAgain() throws IOException {
    compress(ON);
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT)) {
      put(store, "a", LONG);
      long log = Files.size(folder.resolve("pronto.db-wal"));
      put(store, "a", LONG);
      assertEquals(log, Files.size(folder.resolve("pronto.db-wal")));
    }
  }

  @Test
  void valueThatIsTheFrameOfTheOneBeforeTakesItsPlace() throws Exception {
    compress(ON);
    putMany("3500", LONG.getBytes(UTF_8));
    String frame = shell("SELECT hex(v) FROM ns_kb_pages WHERE k = '3500'");
    putMany("3900", HexFormat.of().parseHex(frame));
    assertEquals(
        "3500|zstd\n3900|\n3901|zstd",
        shell("SELECT k, codec FROM ns_kb_pages WHERE k IN ('3500', '3900', '3901') ORDER BY k"));
  }

  /** All of them are {@link #LONG} but one. */
  private void putMany(String otherKey, byte[] otherValue) {
    change(
        transaction -> {
          try (NamespaceWriter writer = transaction.writer(info(transaction))) {
            for (int i = 0; i < 4_000; i++) {
              String key = "%04d".formatted(i);
              byte[] value = key.equals(otherKey) ? otherValue : LONG.getBytes(UTF_8);
              writer.put(key.getBytes(UTF_8), value, null, 0);
            }
          }
        });
  }

  /** Frames by RFC 8878: magic number, a header with an 8-byte length, and one block. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          28b52ffd e0 0000000000010000 0b000041   , it claims to have 1099511627776 bytes
          28b52ffd e0 0100000400000000 0b000041   , it claims to have 67108865 bytes
          28b52ffd e0 0000000400000000 0b000041   ,
          28b52ffd e0 0100000000000000 fbff0f41   ,
          28b52ffd e0 0a00000000000000            ,
          28b52ffd                                , it is no zstd frame with a length
          00                                      , it is no zstd frame with a length
          616c2064656e7465                        , it is no zstd frame with a length
          """)
  void damagedFrameIsToldAndTakesNoMoreMemoryThanAValue(String frame, String why) throws Exception {
    compress(ON);
    put("a", LONG);
    put("b", "al dente");
    shell("UPDATE ns_kb_pages SET v = x'" + frame.replace(" ", "") + "' WHERE k = 'a'");
    String message = assertThrows(ProntoException.class, () -> get("a")).problem().message();
    String expected = "the value of \"a\" in kb.pages is compressed, but damaged: ";
    assertTrue(message.startsWith(expected + (why == null ? "" : why)), message);
    assertEquals("al dente", get("b"));
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT)) {
      assertEquals(List.of(message), store.check());
      try (Transaction transaction = store.read()) {
        assertEquals(2, transaction.stats(info(transaction), 0).records());
      }
    }
  }

  @Test
  void flippedBitIsFound() throws Exception {
    compress(ON);
    put("a", LONG);
    shell("UPDATE ns_kb_pages SET v = CAST(substr(v, 1, length(v) - 1) || x'00' AS BLOB)");
    assertThrows(ProntoException.class, () -> get("a"));
  }

  @Test
  void unknownCodecIsNamed() throws Exception {
    compress(ON);
    put("a", LONG);
    shell("UPDATE ns_kb_pages SET codec = 'lz77'");
    assertEquals(
        "the value of \"a\" in kb.pages has an unknown codec lz77",
        assertThrows(ProntoException.class, () -> get("a")).problem().message());
  }

  private void change(Consumer<Transaction> change) {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction transaction = store.write(List.of())) {
      change.accept(transaction);
      transaction.commit();
    }
  }

  private void compress(CompressionSettings compression) {
    change(transaction -> transaction.change(info(transaction), compression));
  }

  private static NamespaceInfo info(Transaction transaction) {
    return transaction.namespace(PAGES).orElseThrow();
  }

  private void put(String key, String value) {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT)) {
      put(store, key, value);
    }
  }

  private static void put(SqliteStore store, String key, String value) {
    try (Transaction transaction = store.write(List.of())) {
      try (NamespaceWriter writer = transaction.writer(info(transaction))) {
        writer.put(key.getBytes(UTF_8), value.getBytes(UTF_8), null, 0);
      }
      transaction.commit();
    }
  }

  private String get(String key) {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction transaction = store.read()) {
      Key found = Key.of(key);
      return new String(transaction.get(info(transaction), found).orElseThrow().value(), UTF_8);
    }
  }

  private String columns() throws Exception {
    return shell("SELECT group_concat(name, ' ') FROM pragma_table_info('ns_kb_pages')");
  }

  private String shell(String sql) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sqlite3", file.toString(), sql).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
