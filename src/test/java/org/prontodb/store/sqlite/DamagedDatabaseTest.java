package org.prontodb.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.model.Namespace;
import org.prontodb.model.ProntoException;
import org.prontodb.store.Transaction;

/** Databases that say what none of ours says, because of a fault or of somebody who means harm. */
class DamagedDatabaseTest {
  private static final SqliteOptions OPTIONS = new SqliteOptions(0, false);
  private static final Namespace PLAIN = new Namespace("kb", "plain");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeDatabase() {
    file = folder.resolve("pronto.db");
    try (SqliteStore store = store();
        Transaction transaction = store.write(List.of())) {
      transaction.create(PLAIN, null);
      transaction.commit();
    }
  }

  private SqliteStore store() {
    return SqliteStore.open(file, OPTIONS);
  }

  private void run(String sql) {
    try (Database database = Connections.open(file, OPTIONS)) {
      database.execute(sql);
    }
  }

  private String refused(Runnable action) {
    String message = assertThrows(ProntoException.class, action::run).problem().message();
    return message.replace(folder.toString(), "<dir>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sec_users", "no_such_table", "x\" UNION SELECT name, password FROM sec_users --"})
  void aNamespaceHasNoTableButItsOwn(String table) {
    run("UPDATE sys_namespaces SET table_name = '" + table + "'");
    try (SqliteStore store = store();
        Transaction view = store.read()) {
      String message =
          "database \"<dir>/pronto.db\" is damaged: namespace kb.plain is not in the table"
              + " ns_kb_plain";
      assertEquals(message, refused(() -> view.namespace(PLAIN)));
      assertEquals(message, refused(view::namespaces));
    }
    assertEquals(1, check().size());
  }

  private List<String> check() {
    try (SqliteStore store = store()) {
      return store.check();
    }
  }

  @Test
  void aNameThatNoNamespaceHasIsDamage() {
    run("UPDATE sys_namespaces SET namespace = 'a' || char(10) || 'b'");
    try (SqliteStore store = store();
        Transaction view = store.read()) {
      assertEquals(
          "database \"<dir>/pronto.db\" is damaged: namespace name \"a\\u{a}b\" holds white space at"
              + " character 2",
          refused(view::namespaces));
    }
  }

  @Test
  void aSchemaVersionBelowTheFirstIsDamage() {
    run("PRAGMA user_version = -1");
    try (SqliteStore store = store()) {
      String message = "database \"<dir>/pronto.db\" is damaged: its schema version is -1";
      assertEquals(message, refused(() -> store.write(List.of())));
      assertEquals(message, refused(store::read));
    }
  }

  @Test
  void checkTellsAFaultALine() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    // The second page is the tree of sys_namespaces; a cell that points nowhere.
    bytes[8192 + 8] = (byte) 0xff;
    bytes[8192 + 3] = 9;
    Files.write(file, bytes);
    for (String fault : check()) {
      assertEquals(1, fault.lines().count(), fault);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE v USING fts5(x)",
        "CREATE TRIGGER t AFTER INSERT ON ns_kb_plain BEGIN SELECT 1; END"
      })
  void onlyTablesAreRestored(String sql) throws IOException {
    run(sql);
    try (SqliteRestoration restoration = SqliteRestoration.of(folder.resolve("new.db"), OPTIONS)) {
      try (OutputStream content = restoration.content()) {
        Files.copy(file, content);
      }
      assertEquals(
          "the database in the backup can not be used: it has triggers, views or virtual tables, which no"
              + " database of ProntoDB has",
          refused(restoration::verify));
    }
  }
}
