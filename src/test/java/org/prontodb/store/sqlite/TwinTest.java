package org.prontodb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a second connection is taken for one that sees the same. */
class TwinTest {
  private static final SqliteOptions OPTIONS = new SqliteOptions(20, false);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete", "truncate"})
  void seesTheSameWhereNobodyWrites(String journal) throws Exception {
    Path file = file(journal);
    Twin twin = Twin.open(file, OPTIONS);
    try (Database other = begun(file)) {
      try (Database joined = twin.join(other)) {
        assertNotNull(joined);
        assertEquals(1, joined.number("SELECT x FROM t"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal", "delete", "truncate"})
  void isRefusedWhereSomebodyHasCommittedBeforeTheOtherBegan(String journal) throws Exception {
    Path file = file(journal);
    Twin twin = Twin.open(file, OPTIONS);
    write(file);
    try (Database other = begun(file)) {
      assertNull(twin.join(other));
    }
  }

  @Test
  void isRefusedWhereSomebodyHasCommittedAfterTheOtherBegan() throws Exception {
    Path file = file("wal");
    Twin twin = Twin.open(file, OPTIONS);
    try (Database other = begun(file)) {
      write(file);
      assertNull(twin.join(other));
      assertEquals(1, other.number("SELECT x FROM t"));
    }
  }

  @Test
  void keepsItsViewWhileOthersWrite() throws Exception {
    Path file = file("wal");
    Twin twin = Twin.open(file, OPTIONS);
    try (Database other = begun(file);
        Database joined = twin.join(other)) {
      write(file);
      assertEquals(1, joined.number("SELECT x FROM t"));
      assertEquals(1, other.number("SELECT x FROM t"));
    }
  }

  /**
   * Without a log, a writer who is about to commit lets no reader in, and waits for those inside.
   */
  @Test
  void isNotWaitedForWhileAWriterIsAboutToCommit() throws Exception {
    Path file = file("delete");
    Twin twin = Twin.open(file, new SqliteOptions(600_000, false));
    try (Database other = begun(file);
        Database writer = Connections.open(file, OPTIONS)) {
      writer.execute("BEGIN IMMEDIATE");
      writer.execute("UPDATE t SET x = x + 1");
      SQLException busy = assertThrows(SQLException.class, () -> writer.executeOrThrow("COMMIT"));
      assertTrue(SqliteFailure.isBusy(busy));
      assertNull(twin.join(other));
    }
  }

  @Test
  void isRefusedWhereAnotherFileHasTakenTheName() throws Exception {
    Path file = file("delete");
    Path copy = Files.copy(file, folder.resolve("copy.db"));
    Twin twin = Twin.open(file, OPTIONS);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    try (Database other = begun(file)) {
      assertNull(twin.join(other));
    }
  }

  @Test
  void whatIsNoDatabaseHasNone() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "no database".repeat(1_000));
    try (Database other = Connections.open(file("wal"), OPTIONS)) {
      assertNull(Twin.open(file, OPTIONS).join(other));
    }
  }

  private Path file(String journal) throws Exception {
    Path file = Files.createFile(folder.resolve("pronto.db"));
    try (Database database = Connections.open(file, OPTIONS)) {
      database.execute("PRAGMA journal_mode = " + journal);
      database.execute("CREATE TABLE t(x)");
      database.execute("INSERT INTO t VALUES (1)");
    }
    return file;
  }

  private static Database begun(Path file) {
    Database database = Connections.open(file, OPTIONS);
    database.execute("BEGIN");
    database.number("SELECT x FROM t");
    return database;
  }

  private static void write(Path file) {
    try (Database writer = Connections.open(file, OPTIONS)) {
      writer.execute("UPDATE t SET x = x + 1");
    }
  }
}
