package org.prontodb.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceWriter;
import org.prontodb.store.Transaction;

/** What holds of a store in a file, beyond what holds of every store. */
class SqliteStoreTest {
  private static final Namespace RECIPES = new Namespace("kb", "recipes");
  private static final SqliteOptions IMPATIENT = new SqliteOptions(20, false);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("pronto.db");
  }

  // --- the file

  @Test
  void filesAreForTheirOwnerAlone() throws IOException {
    file = folder.resolve("a/b/pronto.db");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.write(List.of())) {
      assertEquals("rw-------", mode(file));
      assertEquals("rw-------", mode(beside("-wal")));
      assertEquals("rw-------", mode(beside("-shm")));
      assertEquals("rwx------", mode(file.getParent()));
      assertEquals("rwx------", mode(file.getParent().getParent()));
      transaction.commit();
    }
    assertEquals(List.of("pronto.db"), names(file.getParent()));
  }

  @Test
  void readingCreatesNothing() throws IOException {
    assertFalse(SqliteStore.exists(file));
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      try (Transaction view = store.read()) {
        assertEquals(0, view.namespaceCount());
        assertEquals(1, view.identities().users().size());
      }
      assertFalse(store.exists());
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void readingLeavesNothingBesideTheFileAndDoesNotChangeIt() throws IOException {
    put("pasta", "al dente");
    byte[] before = Files.readAllBytes(file);
    assertEquals("al dente", get("pasta"));
    assertEquals(List.of("pronto.db"), names(folder));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aFileThatReplacesAnotherIsTheOneThatIsReadAndWritten() throws IOException {
    Path place = file;
    file = folder.resolve("other.db");
    put("pasta", "the other's");
    Path other = file;
    file = place;
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      put(store, "pasta", "al dente");
      Files.delete(file);
      Files.delete(beside("-wal"));
      Files.delete(beside("-shm"));
      Files.move(other, file);
      assertEquals("the other's", get(store, "pasta"));
      put(store, "rice", "basmati");
    }
    assertEquals("the other's", get("pasta"));
    assertEquals("basmati", get("rice"));
  }

  @Test
  void emptyFileBecomesADatabase() throws IOException {
    Files.createFile(file);
    assertFalse(SqliteStore.exists(file));
    put("pasta", "al dente");
    assertTrue(SqliteStore.exists(file));
    assertEquals("al dente", get("pasta"));
  }

  @Test
  void fileMayHaveAnyName() throws IOException {
    for (String name : List.of("a?b=c&journal_mode=off", "50%20#1.db", "file:x", "é ü.db", "-")) {
      file = folder.resolve(name);
      put("name", name);
      assertEquals(name, get("name"));
      assertTrue(names(folder).contains(name), name);
    }
  }

  @Test
  void symbolicLinkIsFollowed() throws IOException {
    put("pasta", "al dente");
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    file = link;
    put("rice", "hard");
    file = folder.resolve("pronto.db");
    assertEquals("hard", get("rice"));
  }

  // --- caches

  @Test
  void aLargeLoadLeavesACacheWithItsIndexes() throws Exception {
    CacheSettings settings = new CacheSettings(60, 20_001, true);
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      for (int load = 1; load <= 3; load++) {
        int from = load * 15_000;
        try (Transaction transaction = store.write(List.of())) {
          NamespaceInfo info =
              transaction.namespace(RECIPES).orElseGet(() -> transaction.create(RECIPES, settings));
          fill(transaction, info, from, 15_000, 100);
          transaction.trim(info, 10, null);
          transaction.commit();
        }
        assertEquals(Math.min(from, 20_001), records(store));
        assertEquals(List.of(), store.check());
      }
    }
    assertEquals(
        "ns_kb_recipes__ttl_expires\nns_kb_recipes__ttl_seq",
        shell("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql NOTNULL ORDER BY 1"));
    assertEquals("k039999", shell("SELECT min(k) FROM ns_kb_recipes__ttl"));
  }

  @Test
  void noWriteHasToRemoveEverythingThatHasExpired() {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.write(List.of())) {
      NamespaceInfo info = transaction.create(RECIPES, new CacheSettings(60, 5_000, true));
      fill(transaction, info, 0, 5_001, 100);
      assertEquals(1_000, transaction.trim(info, 100, null));
      assertEquals(0, transaction.trim(info, 100, null));
      assertEquals(4_001, transaction.stats(info, 100).expired());
    }
  }

  private static long records(SqliteStore store) {
    try (Transaction transaction = store.read()) {
      return transaction.stats(transaction.namespace(RECIPES).orElseThrow(), 10).records();
    }
  }

  private static void fill(
      Transaction transaction, NamespaceInfo info, int from, int records, long expiresAt) {
    Lifetime lifetime = new Lifetime(0, 1, expiresAt);
    try (NamespaceWriter writer = transaction.writer(info)) {
      for (int i = from; i < from + records; i++) {
        writer.put("k%06d".formatted(i).getBytes(UTF_8), new byte[3], lifetime, i + 1);
      }
    }
  }

  // --- a bulk transaction where there is no file yet

  @Test
  void bulkShowsTheFileAtItsCommit() throws Exception {
    file = folder.resolve("a/pronto.db");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      try (Transaction bulk = store.writeBulk(RECIPES)) {
        putInto(bulk, "pasta", "al dente");
        assertFalse(Files.exists(file));
        assertEquals("rwx------", mode(file.getParent()));
        bulk.commit();
      }
      try (Transaction next = store.writeBulk(RECIPES)) {
        assertEquals(1, next.namespaceCount());
      }
    }
    assertEquals(List.of("pronto.db"), names(file.getParent()));
    assertEquals("rw-------", mode(file));
    assertEquals("al dente", get("pasta"));
    assertEquals("wal", shell("PRAGMA journal_mode"));
    assertEquals("ok", shell("PRAGMA integrity_check"));
    put("rice", "hard");
    assertEquals("hard", get("rice"));
  }

  @Test
  void bulkWithoutCommitLeavesNothing() throws IOException {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction bulk = store.writeBulk(RECIPES)) {
      putInto(bulk, "pasta", "al dente");
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void bulkGivesWayToWhoeverWasFaster() throws IOException {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction bulk = store.writeBulk(RECIPES)) {
      putInto(bulk, "pasta", "al dente");
      put("pasta", "soft");
      Problem refused = assertThrows(ProntoException.class, bulk::commit).problem();
      assertEquals(Kind.BUSY, refused.kind());
      assertEquals(
          "another process has made database \"" + file + "\" meanwhile", refused.message());
    }
    assertEquals("soft", get("pasta"));
    assertEquals(List.of("pronto.db"), names(folder));
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndWhatALivingOneMakesIsNot() throws IOException {
    Files.createFile(folder.resolve(".pronto.db.999999999-ff.new"));
    Files.createFile(folder.resolve(".pronto.db.999999999-ff.new-wal"));
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction living = store.writeBulk(RECIPES);
        SqliteStore other = SqliteStore.open(file, IMPATIENT);
        Transaction second = other.writeBulk(RECIPES)) {
      assertEquals(2, names(folder).size());
      putInto(living, "pasta", "al dente");
      living.commit();
      assertThrows(ProntoException.class, second::commit);
    }
    assertEquals(List.of("pronto.db"), names(folder));
  }

  // --- what is no database of ours

  @Test
  void textFileIsRefusedAndLeftAlone() throws IOException {
    for (String text : List.of("x", "this is no database\n", "line\n".repeat(5_000))) {
      Files.writeString(file, text);
      Problem problem = refusedToWriteAndRead();
      assertEquals("file \"" + file + "\" is not a database", problem.message());
      assertEquals(text, Files.readString(file));
      assertEquals(List.of("pronto.db"), names(folder));
    }
  }

  @Test
  void databaseOfAnotherApplicationIsRefusedAndLeftAlone() throws Exception {
    shell("CREATE TABLE t(x); PRAGMA user_version = 1");
    byte[] before = Files.readAllBytes(file);
    Problem problem = refusedToWriteAndRead();
    assertEquals(
        "file \"" + file + "\" is an SQLite database of another application", problem.message());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of("pronto.db"), names(folder));
  }

  @Test
  void folderIsRefused() {
    ProntoException refused =
        assertThrows(ProntoException.class, () -> SqliteStore.open(folder, IMPATIENT));
    assertEquals("database \"" + folder + "\" is a folder", refused.problem().message());
  }

  @Test
  void deviceIsRefused() {
    Path device = Path.of("/dev/null");
    ProntoException refused =
        assertThrows(ProntoException.class, () -> SqliteStore.open(device, IMPATIENT));
    assertEquals("database \"/dev/null\" is not a regular file", refused.problem().message());
  }

  @Test
  void fileUnderAFileCanNotBeCreated() throws IOException {
    Files.writeString(folder.resolve("f"), "x");
    file = folder.resolve("f/pronto.db");
    ProntoException refused = assertThrows(ProntoException.class, () -> put("a", "b"));
    assertEquals("database \"" + file + "\" can not be created", refused.problem().message());
  }

  @Test
  void newerSchemaIsRefusedWithWords() throws Exception {
    put("pasta", "al dente");
    shell("PRAGMA user_version = 999");
    Problem problem = refusedToWriteAndRead();
    assertEquals(
        "database \"%s\" has schema version 999, this release knows versions up to %d"
            .formatted(file, Schema.VERSION),
        problem.message());
    assertEquals("use the release that wrote it, or a newer one", problem.hint());
  }

  @Test
  void damageIsSaid() throws Exception {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      load(store);
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length - 3 * 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      assertFalse(store.check().isEmpty());
    }
  }

  @Test
  void damageThatIsMetWhileReadingAheadIsTold() throws Exception {
    Namespace recipes = new Namespace("kb", "recipes");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.write(List.of())) {
      try (NamespaceWriter writer = transaction.writer(transaction.create(recipes, null))) {
        for (int i = 0; i < 20_000; i++) {
          writer.put("k%05d".formatted(i).getBytes(UTF_8), new byte[20], null, 0);
        }
      }
      transaction.commit();
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(recipes).orElseThrow();
      try (EntryCursor cursor = transaction.scanAhead(info, KeyRange.ALL, 0)) {
        ProntoException failure =
            assertThrows(
                ProntoException.class,
                () -> {
                  while (cursor.next()) {}
                });
        assertEquals(Kind.FAILED, failure.problem().kind());
      }
    }
  }

  // --- the stock shell

  @Test
  void stockShellReadsItAndFindsItSound() throws Exception {
    put("pasta", "al dente");
    put("é\uD83D\uDE00", "x");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.write(List.of())) {
      transaction.create(new Namespace("kb", "hot"), new CacheSettings(60, 5, true));
      transaction.create(new Namespace("a_b", "C"), null);
      transaction.commit();
    }
    assertEquals("ok", shell("PRAGMA integrity_check"));
    assertEquals("wal", shell("PRAGMA journal_mode"));
    assertEquals(
        "pasta|text|al dente|blob\né\uD83D\uDE00|text|x|blob",
        shell("SELECT k, typeof(k), v, typeof(v) FROM ns_kb_recipes"));
    assertEquals("ns_a$5fb_$43", shell("SELECT table_name FROM sys_namespaces LIMIT 1"));
    assertEquals("60|5|1", shell("SELECT timeout_sec, max_items, evict_on_read FROM sys_caches"));
    assertEquals(
        "k v created_at ttl_sec expires_at seq",
        shell("SELECT group_concat(name, ' ') FROM pragma_table_info('ns_kb_hot__ttl')"));
  }

  @Test
  void layoutFollowsTheWidthOfTheFirstRecords() throws Exception {
    String withoutRowid =
        "SELECT wr FROM pragma_table_list WHERE name = 'ns_kb_recipes' AND schema = 'main'";
    put("pasta", "v".repeat(100));
    assertEquals("1", shell(withoutRowid));
    put("rice", "v".repeat(10_000));
    assertEquals("1", shell(withoutRowid), "a table with rows is left as it is");
    file = folder.resolve("wide.db");
    put("pasta", "v".repeat(10_000));
    assertEquals("0", shell(withoutRowid));
    put("rice", "hard");
    put("pasta", "soft");
    assertEquals("pasta|soft\nrice|hard", shell("SELECT * FROM ns_kb_recipes ORDER BY k"));
  }

  @Test
  void recordsOfTheStockShellAreReadByTheirBytes() throws Exception {
    put("b", "1");
    shell("INSERT INTO ns_kb_recipes VALUES ('a', x'00ff')");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
        Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
      assertArrayEquals(
          new byte[] {0, (byte) 0xff}, transaction.get(info, key("a")).orElseThrow().value());
    }
  }

  @Test
  void loadThatChangesNothingButTheTypesThatTheStockShellGaveWritesThese() throws Exception {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      load(store);
    }
    shell("UPDATE ns_kb_recipes SET v = CAST(v AS TEXT) WHERE k = 'k4500'");
    shell("UPDATE ns_kb_recipes SET k = CAST(k AS BLOB) WHERE k = 'k4999'");
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      load(store);
    }
    assertEquals(
        "5000",
        shell("SELECT count(*) FROM ns_kb_recipes WHERE typeof(k) || typeof(v) = 'textblob'"));
  }

  @Test
  void loadThatChangesNothingWritesNothing() throws IOException {
    try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      load(store);
      long log = Files.size(beside("-wal"));
      load(store);
      assertEquals(log, Files.size(beside("-wal")));
    }
  }

  private static void load(SqliteStore store) {
    try (Transaction transaction = store.write(List.of())) {
      NamespaceInfo info =
          transaction.namespace(RECIPES).orElseGet(() -> transaction.create(RECIPES, null));
      try (NamespaceWriter writer = transaction.writer(info)) {
        for (int i = 0; i < 5_000; i++) {
          writer.put("k%04d".formatted(i).getBytes(UTF_8), ("v" + i).getBytes(UTF_8), null, 0);
        }
      }
      transaction.commit();
    }
  }

  // --- others who use the file

  @Test
  void busyWriterIsNamedWithTheTimeThatWasWaited() throws Exception {
    put("pasta", "al dente");
    try (SqliteStore other = SqliteStore.open(file, IMPATIENT);
        Transaction held = other.write(RECIPES);
        SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
      ProntoException busy = assertThrows(ProntoException.class, () -> store.write(List.of()));
      assertEquals(Kind.BUSY, busy.problem().kind());
      assertEquals(
          "database \"" + file + "\" is busy: another process held its lock for all of 20 ms",
          busy.problem().message());
      assertEquals(1, held.namespaceCount());
      assertEquals("al dente", get("pasta"), "a read does not wait for the lock");
    }
  }

  @Test
  void firstWritersAtTheSameMomentAllSucceed() throws Exception {
    for (int round = 0; round < 10; round++) {
      file = folder.resolve("first" + round + ".db");
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String key = "k" + i;
        writers.add(
            () -> {
              put(SqliteOptions.DEFAULT, key, key);
              return null;
            });
      }
      runTogether(writers);
      for (int i = 0; i < 6; i++) {
        assertEquals("k" + i, get("k" + i));
      }
    }
  }

  @Test
  void writersAndReadersInTurnNeverMeetALockedDatabase() throws Exception {
    put("k", "0");
    List<Callable<Void>> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(
          () -> {
            for (int n = 0; n < 50; n++) {
              put(SqliteOptions.DEFAULT, "k", "" + n);
              get("k");
            }
            return null;
          });
    }
    runTogether(users);
    assertEquals("49", get("k"));
  }

  @Test
  void anotherProcessCanHoldTheLock() throws Exception {
    put("pasta", "al dente");
    Process holder =
        new ProcessBuilder("sqlite3", file.toString()).redirectErrorStream(true).start();
    try (var out = holder.outputWriter();
        var in = holder.inputReader()) {
      out.write("BEGIN IMMEDIATE;\nSELECT 'held';\n");
      out.flush();
      assertEquals("held", in.readLine());
      try (SqliteStore store = SqliteStore.open(file, IMPATIENT)) {
        assertEquals(
            Kind.BUSY,
            assertThrows(ProntoException.class, () -> store.write(List.of())).problem().kind());
        assertTrue(store.writeIfFree(List.of()).isEmpty());
      }
      assertEquals("al dente", get("pasta"));
    }
    assertEquals(0, holder.waitFor());
    put("pasta", "soft");
    assertEquals("soft", get("pasta"));
  }

  // --- the words of these tests

  private Problem refusedToWriteAndRead() {
    assertTrue(SqliteStore.exists(file));
    Problem toWrite = refused(store -> store.write(RECIPES));
    assertEquals(Kind.FAILED, toWrite.kind());
    assertEquals(toWrite, refused(SqliteStore::read));
    return toWrite;
  }

  private Problem refused(Function<SqliteStore, Transaction> begin) {
    return assertThrows(
            ProntoException.class,
            () -> {
              try (SqliteStore store = SqliteStore.open(file, IMPATIENT);
                  Transaction transaction = begin.apply(store)) {
                transaction.namespaces();
              }
            })
        .problem();
  }

  private void put(String key, String value) {
    put(IMPATIENT, key, value);
  }

  private void put(SqliteOptions options, String key, String value) {
    try (SqliteStore store = SqliteStore.open(file, options)) {
      put(store, key, value);
    }
  }

  private static void put(SqliteStore store, String key, String value) {
    try (Transaction transaction = store.write(List.of())) {
      putInto(transaction, key, value);
      transaction.commit();
    }
  }

  private static void putInto(Transaction transaction, String key, String value) {
    NamespaceInfo info =
        transaction.namespace(RECIPES).orElseGet(() -> transaction.create(RECIPES, null));
    try (NamespaceWriter writer = transaction.writer(info)) {
      writer.put(key.getBytes(UTF_8), value.getBytes(UTF_8), null, 0);
    }
  }

  private String get(String key) {
    try (SqliteStore store = SqliteStore.open(file, SqliteOptions.DEFAULT)) {
      return get(store, key);
    }
  }

  private static String get(SqliteStore store, String key) {
    try (Transaction transaction = store.read()) {
      NamespaceInfo info = transaction.namespace(RECIPES).orElseThrow();
      return new String(transaction.get(info, key(key)).orElseThrow().value(), UTF_8);
    }
  }

  private static Key key(String text) {
    return Key.of(text);
  }

  private static void runTogether(List<Callable<Void>> tasks) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  private String shell(String sql) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sqlite3", file.toString(), sql).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
