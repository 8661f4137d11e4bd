package org.prontodb.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/** Snapshots and restorations while others use the database. */
class SnapshotTest {
  private static final Namespace ONE = new Namespace("kb", "one");
  private static final Namespace TWO = new Namespace("kb", "two");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeDatabase() {
    file = folder.resolve("pronto.db");
    write("0");
  }

  /** Some megabytes in two namespaces, all with the same value at the end of each. */
  private void write(String mark) {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction transaction = store.write(List.of())) {
      for (Namespace name : List.of(ONE, TWO)) {
        NamespaceInfo info =
            transaction.namespace(name).orElseGet(() -> transaction.create(name, null));
        try (NamespaceWriter writer = transaction.writer(info)) {
          byte[] filling = (mark + "x".repeat(900)).getBytes(UTF_8);
          for (int i = 0; i < 2_000; i++) {
            writer.put("k%04d".formatted(i).getBytes(UTF_8), filling, null, 0);
          }
          writer.put("mark".getBytes(UTF_8), mark.getBytes(UTF_8), null, 0);
        }
      }
      transaction.commit();
    }
  }

  private static String mark(Path database) {
    try (SqliteStore store = SqliteStore.open(database, SqliteOptions.DEFAULT);
        Transaction transaction = store.read()) {
      String one = get(transaction, ONE);
      assertEquals(one, get(transaction, TWO), "both namespaces are of one moment");
      return one;
    }
  }

  private static String get(Transaction transaction, Namespace name) {
    Key mark = Key.of("mark");
    NamespaceInfo info = transaction.namespace(name).orElseThrow();
    return new String(transaction.get(info, mark).orElseThrow().value(), UTF_8);
  }

  private Path copy(SqliteSnapshot snapshot) throws IOException {
    Path copy = Files.createTempFile(folder, "copy", ".db");
    try (OutputStream out = Files.newOutputStream(copy)) {
      assertEquals(snapshot.size(), snapshot.content().transferTo(out));
    }
    return copy;
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void snapshotIsOfOneMomentWhileOthersWrite() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger committed = new AtomicInteger();
    try (ExecutorService writers = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          writers.submit(
              () -> {
                while (!stop.get()) {
                  write("" + (committed.get() + 1));
                  committed.incrementAndGet();
                }
              });
      try {
        for (int round = 0; round < 5; round++) {
          int before = committed.get();
          try (SqliteSnapshot snapshot = SqliteSnapshot.of(file, SqliteOptions.DEFAULT)) {
            Path copy = copy(snapshot);
            assertTrue(Integer.parseInt(mark(copy)) >= before);
            try (SqliteStore store = SqliteStore.open(copy, SqliteOptions.DEFAULT)) {
              assertEquals(List.of(), store.check());
            }
          }
        }
      } finally {
        stop.set(true);
        writer.get();
      }
    }
  }

  @Test
  void snapshotDoesNotWaitForAWriter() throws IOException {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction transaction = store.write(List.of());
        SqliteSnapshot snapshot = SqliteSnapshot.of(file, new SqliteOptions(0, false))) {
      assertEquals(2, transaction.namespaceCount());
      assertEquals("0", mark(copy(snapshot)));
    }
  }

  @Test
  void snapshotHasNoName() throws IOException {
    try (SqliteSnapshot snapshot = SqliteSnapshot.of(file, SqliteOptions.DEFAULT)) {
      assertEquals(2, snapshot.namespaces());
      assertEquals(List.of("pronto.db"), names());
    }
  }

  @Test
  void whatKilledProcessesLeftIsRemoved() throws IOException {
    for (String name : List.of("new", "snapshot", "restore", "restore-wal", "snapshot-journal")) {
      Files.createFile(folder.resolve(".pronto.db.999999999-ff." + name));
    }
    SqliteSnapshot.of(file, SqliteOptions.DEFAULT).close();
    assertEquals(List.of("pronto.db"), names());
  }

  @Test
  void readersAndWritersSeeARestoreAsOneTransaction() throws Exception {
    byte[] zero;
    try (SqliteSnapshot snapshot = SqliteSnapshot.of(file, SqliteOptions.DEFAULT)) {
      zero = snapshot.content().readAllBytes();
    }
    AtomicBoolean stop = new AtomicBoolean();
    try (SqliteStore reading = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction old = reading.read();
        ExecutorService others = Executors.newFixedThreadPool(2)) {
      assertEquals("0", get(old, ONE));
      write("1");
      Future<?> reader =
          others.submit(
              () -> {
                while (!stop.get()) {
                  mark(file);
                }
              });
      Future<?> writer =
          others.submit(
              () -> {
                while (!stop.get()) {
                  write("2");
                }
              });
      try {
        for (int round = 0; round < 5; round++) {
          Path copy = folder.resolve("before" + round);
          restore(zero, copy);
          mark(copy);
        }
      } finally {
        stop.set(true);
        reader.get();
        writer.get();
      }
      assertEquals("0", get(old, TWO), "who reads keeps the view from before");
    }
    restore(zero, folder.resolve("before"));
    assertEquals("0", mark(file));
  }

  private void restore(byte[] content, Path safetyCopy) throws IOException {
    // The writer of the test makes no pause, and who gets the lock is a matter of luck.
    SqliteOptions patient = new SqliteOptions(60_000, false);
    try (SqliteRestoration restoration = SqliteRestoration.of(file, patient)) {
      try (OutputStream out = restoration.content()) {
        out.write(content);
      }
      restoration.verify();
      restoration.apply(true, false, safetyCopy);
    }
  }

  /** Each commit is told to have been done, so it has to be somewhere. */
  @Test
  void restoreLosesNoCommitOfAWriterThatNeverStops() throws Exception {
    byte[] zero = content();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger committed = new AtomicInteger();
    List<Path> copies = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        ExecutorService others = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          others.submit(
              () -> {
                while (!stop.get()) {
                  put(store, "n" + (committed.get() + 1));
                  committed.incrementAndGet();
                }
              });
      try {
        for (int round = 0; round < 8; round++) {
          int before = committed.get();
          while (committed.get() < before + 20) {
            Thread.onSpinWait();
          }
          Path copy = folder.resolve("before" + round);
          restore(zero, copy);
          copies.add(copy);
        }
      } finally {
        stop.set(true);
        writer.get();
      }
    }
    copies.add(file);
    Set<String> found = new HashSet<>();
    for (Path copy : copies) {
      found.addAll(keys(copy));
    }
    for (int i = 1; i <= committed.get(); i++) {
      assertTrue(found.contains("n" + i), "commit " + i + " of " + committed + " is lost");
    }
  }

  private void put(SqliteStore store, String key) {
    try (Transaction transaction = store.write(List.of())) {
      NamespaceInfo info = transaction.namespace(ONE).orElseThrow();
      try (NamespaceWriter writer = transaction.writer(info)) {
        writer.put(key.getBytes(UTF_8), new byte[0], null, 0);
      }
      transaction.commit();
    }
  }

  private static Set<String> keys(Path database) {
    Set<String> keys = new HashSet<>();
    try (SqliteStore store = SqliteStore.open(database, SqliteOptions.DEFAULT);
        Transaction transaction = store.read();
        EntryCursor cursor =
            transaction.scan(
                transaction.namespace(ONE).orElseThrow(),
                KeyRange.prefix("n".getBytes(UTF_8)),
                Transaction.INCLUDE_EXPIRED)) {
      while (cursor.next()) {
        keys.add(new String(cursor.key(), UTF_8));
      }
    }
    return keys;
  }

  private byte[] content() throws IOException {
    try (SqliteSnapshot snapshot = SqliteSnapshot.of(file, SqliteOptions.DEFAULT)) {
      return snapshot.content().readAllBytes();
    }
  }

  @Test
  void restoreChangesNothingWhereTheSafetyCopyFails() throws IOException {
    byte[] zero = content();
    write("1");
    Path nowhere = folder.resolve("no folder").resolve("copy");
    assertThrows(ProntoException.class, () -> restore(zero, nowhere));
    assertEquals("1", mark(file));
    write("2");
    assertEquals("2", mark(file), "the lock was released");
    assertEquals(List.of("pronto.db"), names());
  }

  @Test
  void restoreWithoutForceChangesNothingThatAppearedMeanwhile() throws IOException {
    byte[] zero = content();
    Files.delete(file);
    try (SqliteRestoration restoration = SqliteRestoration.of(file, SqliteOptions.DEFAULT)) {
      try (OutputStream out = restoration.content()) {
        out.write(zero);
      }
      restoration.verify();
      write("1");
      assertThrows(
          ProntoException.class, () -> restoration.apply(false, false, folder.resolve("before")));
    }
    assertEquals("1", mark(file));
    assertEquals(List.of("pronto.db"), names());
  }

  @Test
  void restoreGivesUpWhereAWriterKeepsTheLock() throws IOException {
    byte[] content;
    try (SqliteSnapshot snapshot = SqliteSnapshot.of(file, SqliteOptions.DEFAULT)) {
      content = snapshot.content().readAllBytes();
    }
    SqliteOptions impatient = new SqliteOptions(20, false);
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT);
        Transaction transaction = store.write(List.of());
        SqliteRestoration restoration = SqliteRestoration.of(file, impatient)) {
      try (OutputStream out = restoration.content()) {
        out.write(content);
      }
      restoration.verify();
      ProntoException busy =
          assertThrows(
              ProntoException.class,
              () -> restoration.apply(true, false, folder.resolve("before")));
      assertEquals(Kind.BUSY, busy.problem().kind());
      assertEquals(2, transaction.namespaceCount());
    }
    assertEquals(List.of("pronto.db"), names());
  }
}
