package org.sqlite.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistake in the use of SQLite must be an exception: SQLite itself would end the process. */
class Sqlite3Test {
  private static final int READWRITE_CREATE = 0x6;

  @TempDir Path folder;
  private Sqlite3 connection;

  @BeforeEach
  void open() throws SQLException {
    connection = Sqlite3.open(folder.resolve("some.db").toString(), READWRITE_CREATE);
    connection.execute("CREATE TABLE t(v UNIQUE)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void whatIsBoundComesBack() throws SQLException {
    Sqlite3Statement insert = connection.prepare("INSERT INTO t VALUES (?)");
    for (Object value : new Object[] {new byte[] {0, -1}, new byte[0], "été", 7L, 8, 1.5, null}) {
      insert.bind(1, value);
      assertEquals(1, insert.update());
    }
    Sqlite3Statement select = connection.prepare("SELECT v, typeof(v) FROM t ORDER BY rowid");
    for (String type : List.of("blob", "blob", "text", "integer", "integer", "real", "null")) {
      assertTrue(select.step());
      assertEquals(type, new String(select.bytes(1), StandardCharsets.UTF_8));
    }
    assertNull(select.bytes(0));
    assertFalse(select.step());
    select.reset();
    select.step();
    assertArrayEquals(new byte[] {0, -1}, select.bytes(0));
    select.step();
    assertArrayEquals(new byte[0], select.bytes(0));
    select.step();
    assertEquals("été", new String(select.bytes(0), StandardCharsets.UTF_8));
    select.step();
    assertEquals(7, select.number(0));
    select.step();
    select.step();
    assertEquals(1.5, select.real(0));
  }

  @Test
  void aStatementThatIsClosedIsRefused() throws SQLException {
    Sqlite3Statement statement = connection.prepare("SELECT 1");
    statement.step();
    statement.close();
    statement.close();
    assertThrows(IllegalStateException.class, statement::step);
    assertThrows(IllegalStateException.class, () -> statement.number(0));
    assertThrows(IllegalStateException.class, () -> statement.bind(1, "x"));
    assertThrows(IllegalStateException.class, statement::reset);
  }

  @Test
  void aConnectionThatIsClosedEndsItsStatements() throws SQLException {
    Sqlite3Statement running = connection.prepare("SELECT 1 UNION SELECT 2");
    assertTrue(running.step());
    connection.close();
    connection.close();
    assertThrows(IllegalStateException.class, running::step);
    assertThrows(IllegalStateException.class, () -> connection.prepare("SELECT 1"));
    assertThrows(IllegalStateException.class, () -> connection.execute("SELECT 1"));
    running.close();
  }

  @Test
  void aRowThatIsRefusedIsToldAndTheStatementCanGoOn() throws SQLException {
    Sqlite3Statement insert = connection.prepare("INSERT INTO t VALUES (?)");
    insert.bind(1, 1L);
    insert.update();
    SQLException refused = assertThrows(SQLException.class, insert::update);
    assertEquals(Codes.SQLITE_CONSTRAINT, refused.getErrorCode());
    insert.bind(1, 2L);
    assertEquals(1, insert.update());
    assertThrows(SQLException.class, () -> connection.prepare("SELECT nothing FROM nowhere"));
  }

  @Test
  void whatAnotherConnectionLocksIsBusy() throws SQLException {
    connection.execute("BEGIN EXCLUSIVE");
    try (Sqlite3 other = Sqlite3.open(folder.resolve("some.db").toString(), READWRITE_CREATE)) {
      SQLException busy =
          assertThrows(SQLException.class, () -> other.execute("SELECT count(*) FROM t"));
      assertEquals(Codes.SQLITE_BUSY, busy.getErrorCode());
    }
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    String missing = folder.resolve("missing/some.db").toString();
    SQLException told =
        assertThrows(SQLException.class, () -> Sqlite3.open(missing, READWRITE_CREATE));
    assertEquals(Codes.SQLITE_CANTOPEN, told.getErrorCode());
  }
}
