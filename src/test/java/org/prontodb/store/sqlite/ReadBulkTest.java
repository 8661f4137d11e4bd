package org.prontodb.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.CompressionSettings;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/** Reading on two connections, in a file that is large enough for it. */
class ReadBulkTest {
  private static final Namespace RECIPES = new Namespace("kb", "recipes");
  private static final long NOW = 1_000_000;
  private static final SqliteOptions PATIENT = new SqliteOptions(60_000, false);

  /** Some megabytes: several parts for each of two readers. */
  private static final int RECORDS = 40_000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("pronto.db");
  }

  @Test
  void answersWhatAScanDoes() throws Exception {
    load(null, false);
    for (KeyRange range :
        List.of(
            KeyRange.ALL,
            KeyRange.prefix("k01".getBytes(UTF_8)),
            KeyRange.ALL.after("k02345".getBytes(UTF_8)),
            KeyRange.prefix("x".getBytes(UTF_8)))) {
      assertSameAsScan(range, NOW);
    }
  }

  @Test
  void hasASecondConnectionWhereNobodyWrites() {
    load(null, false);
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        SqliteTransaction transaction = (SqliteTransaction) store.readBulk()) {
      assertTrue(transaction.hasTwin());
    }
  }

  @Test
  void showsOnceWhatSomebodyElseHasWrittenAsABlob() throws Exception {
    load(null, false);
    try (Database database = Connections.open(file, PATIENT)) {
      database.execute(
          "INSERT INTO ns_kb_recipes SELECT CAST('a' || k AS BLOB), v FROM ns_kb_recipes"
              + " WHERE k < 'k00500'");
    }
    assertSameAsScan(KeyRange.ALL, NOW);
    assertSameAsScan(KeyRange.prefix("k3999".getBytes(UTF_8)), NOW);
    assertSameAsScan(KeyRange.ALL.after("k39990".getBytes(UTF_8)), NOW);
  }

  @Test
  void leavesOutWhatHasExpired() throws Exception {
    load(new CacheSettings(60, 0, false), false);
    assertSameAsScan(KeyRange.ALL, NOW);
    assertSameAsScan(KeyRange.ALL, NOW + 20_000); // the first half has expired
    assertSameAsScan(KeyRange.ALL, NOW + RECORDS + 1);
    assertSameAsScan(KeyRange.ALL, Transaction.INCLUDE_EXPIRED);
  }

  @Test
  void readsCompressedValues() throws Exception {
    load(null, true);
    // What is compressed leaves the file too small.
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        Transaction transaction = store.write(List.of())) {
      NamespaceInfo large = transaction.create(new Namespace("kb", "large"), null);
      try (NamespaceWriter writer = transaction.writer(large)) {
        writer.put("a".getBytes(UTF_8), new byte[SqliteStore.WORTH_A_TWIN], null, 0);
      }
      transaction.commit();
    }
    assertSameAsScan(KeyRange.ALL, NOW);
  }

  /** Memory depends on how few of them are read ahead, so that they come one by one. */
  @Test
  void readsLargeValuesAmongSmallOnes() throws Exception {
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        Transaction transaction = store.write(List.of())) {
      try (NamespaceWriter writer = transaction.writer(transaction.create(RECIPES, null))) {
        for (int i = 0; i < 5_000; i++) {
          byte[] value = new byte[i % 500 == 499 ? 600_000 : 10];
          writer.put("k%05d".formatted(i).getBytes(UTF_8), value, null, 0);
        }
      }
      transaction.commit();
    }
    assertSameAsScan(KeyRange.ALL, NOW);
  }

  @Test
  void mayEndAnywhereAndLeavesNothingOpen() throws Exception {
    load(null, false);
    for (int wanted : List.of(0, 1, 64, 65, 500, 10_000, RECORDS)) {
      try (SqliteStore store = SqliteStore.open(file, PATIENT)) {
        try (Transaction transaction = store.readBulk();
            EntryCursor cursor = scan(transaction, KeyRange.ALL, NOW)) {
          for (int i = 0; i < wanted; i++) {
            assertTrue(cursor.next());
            assertEquals("k%05d".formatted(i), new String(cursor.key(), UTF_8));
          }
        }
      }
      // The last connection to a file takes the log with it.
      assertEquals(List.of("pronto.db"), names());
    }
  }

  @Test
  void anInterruptionEndsIt() throws Exception {
    load(null, false);
    try (SqliteStore store = SqliteStore.open(file, PATIENT)) {
      try (Transaction transaction = store.readBulk();
          EntryCursor cursor = scan(transaction, KeyRange.ALL, NOW)) {
        assertTrue(cursor.next());
        Thread.currentThread().interrupt();
        try {
          while (cursor.next()) {}
        } catch (IllegalStateException e) {
          // where it had to wait
        }
      }
      assertTrue(Thread.interrupted());
    }
    assertEquals(List.of("pronto.db"), names());
  }

  @Test
  void damageIsTold() throws Exception {
    load(null, false);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        Transaction transaction = store.readBulk();
        EntryCursor cursor = scan(transaction, KeyRange.ALL, NOW)) {
      ProntoException failure =
          assertThrows(
              ProntoException.class,
              () -> {
                while (cursor.next()) {}
              });
      assertEquals(Kind.FAILED, failure.problem().kind());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete"})
  void showsOneStateWhileSomebodyWrites(String journal) throws Exception {
    load(null, false);
    try (Database database = Connections.open(file, PATIENT)) {
      database.execute("PRAGMA journal_mode = " + journal);
    }
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (Database database = Connections.open(file, PATIENT)) {
                database.execute("PRAGMA synchronous = OFF");
                String few = "WHERE k IN ('k00000', 'k07000', 'k20000', 'k33000', 'k39999')";
                for (int i = 0; !stop.get(); i++) {
                  database.update("UPDATE ns_kb_recipes SET v = ? " + few, i);
                }
              }
            });
    try (SqliteStore store = SqliteStore.open(file, PATIENT)) {
      for (int i = 0; i < 25; i++) {
        Set<String> states = new TreeSet<>();
        int records = 0;
        try (Transaction transaction = store.readBulk();
            EntryCursor cursor = scan(transaction, KeyRange.ALL, NOW)) {
          while (cursor.next()) {
            if (cursor.value().length < 100) {
              states.add(new String(cursor.value(), UTF_8));
            }
            records++;
          }
        }
        assertEquals(RECORDS, records);
        assertTrue(states.size() <= 1, () -> "seen at once: " + states);
      }
    } finally {
      stop.set(true);
    }
    assertNull(writer.get());
  }

  private void load(CacheSettings cache, boolean compressed) {
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        Transaction transaction = store.write(List.of())) {
      NamespaceInfo info = transaction.create(RECIPES, cache);
      if (compressed) {
        info = transaction.change(info, new CompressionSettings(true, 1));
      }
      String value = cache == null && !compressed ? "x".repeat(100) : "y".repeat(90);
      try (NamespaceWriter writer = transaction.writer(info)) {
        for (int i = 0; i < RECORDS; i++) {
          Lifetime life = cache == null ? null : new Lifetime(NOW, 60, NOW + 1 + i);
          writer.put(
              "k%05d".formatted(i).getBytes(UTF_8), (i + value).getBytes(UTF_8), life, i + 1);
        }
      }
      transaction.commit();
    }
  }

  private void assertSameAsScan(KeyRange range, long now) {
    assertTrue(DatabaseFile.size(file) >= SqliteStore.WORTH_A_TWIN);
    try (SqliteStore store = SqliteStore.open(file, PATIENT);
        Transaction transaction = store.readBulk()) {
      NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
      List<String> expected = all(transaction.scan(info, range, now));
      assertEquals(expected, all(transaction.scanAhead(info, range, now)));
    }
  }

  private static EntryCursor scan(Transaction transaction, KeyRange range, long now) {
    return transaction.scanAhead(transaction.namespace(RECIPES).orElseThrow(), range, now);
  }

  private static List<String> all(EntryCursor cursor) {
    List<String> all = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        Lifetime life = cursor.lifetime();
        all.add(
            new String(cursor.key(), UTF_8) + "=" + Arrays.hashCode(cursor.value()) + " " + life);
      }
    }
    return all;
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
