package org.prontodb.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.prontodb.auth.Access;
import org.prontodb.auth.Identity;
import org.prontodb.auth.Pattern;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.config.Configuration;
import org.prontodb.config.DatabaseLocation;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Address;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Secret;
import org.prontodb.records.Condition;
import org.prontodb.store.Identities;
import org.prontodb.store.KeyRange;

/** What the facade lets somebody do whom it knows, as a server asks it. */
class CallerTest {
  private static final Secret PASSWORD = Secret.of("open sesame");
  private static final byte[] VALUE = "1".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path home;
  private ProntoDb database;
  private Accounts accounts;
  private Identity sam;

  @BeforeEach
  void openDatabase() {
    Configuration configuration = Configuration.load(Map.of("HOME", home.toString()), Map.of());
    database =
        new ProntoDb(
            configuration,
            new DatabaseLocation.File(home.resolve("pronto.db")),
            InstantSource.system());
    accounts = database.accounts("os:test");
    for (String path : List.of("kb.open", "kb.shown", "kb.closed")) {
      database.records().set(address(path + ".x"), VALUE, null, new Condition.None());
    }
    accounts.save("sam", PASSWORD);
    accounts.grant("sam", Access.WRITE, Pattern.parse("kb.open", Delimiter.DEFAULT));
    accounts.grant("sam", Access.READ, Pattern.parse("kb.shown", Delimiter.DEFAULT));
    sam = accounts.ofKey(accounts.createApiKey("sam", "", Identities.NEVER).text());
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private static Address address(String path) {
    return Address.parse(path, Delimiter.DEFAULT);
  }

  private static Problem denied(Runnable work) {
    Problem problem = assertThrows(ProntoException.class, work::run).problem();
    assertEquals(Kind.DENIED, problem.kind(), problem::toString);
    return problem;
  }

  private void set(String path) {
    database.records(sam).set(address(path), VALUE, null, new Condition.None());
  }

  private byte[] get(String path) {
    try (Lookup lookup = database.records(sam).lookup(false)) {
      return lookup.find(address(path)).orElseThrow().value();
    }
  }

  @Test
  void grantsDecideAboutEachRecord() {
    assertDoesNotThrow(() -> set("kb.open.y"));
    assertArrayEquals(VALUE, get("kb.open.y"));
    assertArrayEquals(VALUE, get("kb.shown.x"));
    Problem refused = denied(() -> set("kb.shown.y"));
    assertEquals("sam may not write into kb.shown", refused.message());
    assertEquals("have an admin grant it: prontodb admin grant sam rw kb.shown", refused.hint());
    assertEquals("sam may not read kb.closed", denied(() -> get("kb.closed.x")).message());
    denied(() -> get("kb.none.x"));
    denied(() -> set("kb.none.x"));
    denied(() -> database.records(sam).delete(List.of(address("kb.shown.x"))));
    denied(
        () -> database.records(sam).delete(List.of(address("kb.open.x"), address("kb.shown.x"))));
    assertArrayEquals(VALUE, get("kb.open.x"), "all or nothing");
    denied(() -> database.records(sam).delete(new Namespace("kb", "shown"), KeyRange.ALL));
    denied(() -> database.records(sam).list(new Namespace("kb", "closed"), KeyRange.ALL, false));
  }

  @Test
  void discoveryShowsWhatMayBeRead() {
    List<String> seen = new ArrayList<>();
    database
        .discovery(sam)
        .namespaces(false, described -> seen.add(described.info().namespace().toString()));
    assertEquals(List.of("kb.open", "kb.shown"), seen);
  }

  @Test
  void whatIsTakenBackHoldsAtOnce() {
    accounts.revokeGrant("sam", Pattern.parse("kb.shown", Delimiter.DEFAULT));
    denied(() -> get("kb.shown.x"));
    accounts.confirm(sam);
    accounts.removeUser("sam");
    denied(() -> accounts.confirm(sam));
    denied(() -> set("kb.open.x"));
    denied(() -> get("kb.open.x"));
  }

  @Test
  void aPasswordASessionAndAKeyAreTheSameUser() {
    assertEquals("sam", accounts.ofPassword("sam", PASSWORD).user());
    Secret session = accounts.openSession("sam", PASSWORD, 60_000).text();
    assertEquals("sam", accounts.ofKey(session).user());
    denied(() -> accounts.ofKey(Secret.of("neither")));
    denied(() -> accounts.ofPassword("sam", Secret.of("wrong")));
    assertTrue(accounts.ofPassword("admin", Secret.of("pronto!")).defaultPassword());
  }

  private BatchReport load(String text) {
    FileInput input =
        FileInput.ofStdin(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            Dialects.STREAM,
            new DialectOptions(Delimiter.DEFAULT));
    return database.loader().load(List.of(input), LoadOptions.DEFAULT, new LoadListener() {}, sam);
  }

  @Test
  void aLoadIsThatOfItsSenderAndHoldsNoPreamble() {
    assertTrue(load("meta:path=kb.open; y=2;").problem().isEmpty());
    assertEquals(Kind.DENIED, load("meta:path=kb.shown; y=2;").problem().orElseThrow().kind());
    Problem preamble =
        load("meta:sec:pass=pronto!; meta:sec:user=admin; meta:path=kb.closed; y=2;")
            .problem()
            .orElseThrow();
    assertEquals(Kind.CONTENT, preamble.kind());
    assertEquals("meta:sec:pass where the sender is known already", preamble.message());
    List<LogEntry> log = database.history().newest(1);
    assertTrue(
        log.getFirst() instanceof LogEntry.Load(var receipt) && receipt.user().equals("sam"));
  }
}
