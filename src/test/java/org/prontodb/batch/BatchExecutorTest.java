package org.prontodb.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.prontodb.auth.Passwords;
import org.prontodb.auth.StoredAuthentication;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.records.WriteRules;
import org.prontodb.store.Transaction;

class BatchExecutorTest {
  private static final String PREAMBLE = "meta:sec:pass=pronto!; meta:sec:user=admin;\n";

  private final LoadFixture load = new LoadFixture(new StoredAuthentication(new Passwords()));

  private static final UnaryOperator<LoadOptions.Builder> KEEP_GOING = o -> o.keepGoing(true);
  private static final UnaryOperator<LoadOptions.Builder> CHECK = o -> o.check(true).diff(true);
  private static final UnaryOperator<LoadOptions.Builder> SECURE =
      o -> o.authenticationRequired(true);

  // --- what lands

  @Test
  void interleaved_namespaces_are_one_transaction_each() {
    load.load("meta:path=a.x; k=1; meta:path=a.y; k=2; meta:path=a.x; l=3; k=4;");
    assertEquals(List.of("k=4", "l=3"), load.in("a.x"));
    assertEquals(List.of("k=2"), load.in("a.y"));
    assertEquals(
        "[a.x puts=2, a.y puts=1]",
        load.report.namespaces().stream()
            .map(n -> n.namespace() + " puts=" + n.puts())
            .toList()
            .toString());
    try (Transaction view = load.store.read()) {
      assertEquals(2, view.loads().receipts(10).getFirst().parts().size());
    }
  }

  @Test
  void the_last_statement_about_a_key_wins() {
    load.load("meta:path=a.x; k=1; meta:del=k; l=1; meta:del=gone;");
    assertEquals(List.of("l=1"), load.in("a.x"));
    load.load("meta:path=a.x; meta:del=l; meta:del=l; k=2;");
    assertEquals(List.of("k=2"), load.in("a.x"));
    assertEquals(1, load.report.deletes());
  }

  @Test
  void choosing_a_namespace_does_not_create_it() {
    load.load("meta:path=a.x; meta:path=a.y; meta:del=k;");
    assertNull(load.failure());
    assertNull(load.in("a.x"));
    assertNull(load.in("a.y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", " ;; ", "\uFEFF"})
  void a_load_of_nothing_is_done_at_once(String text) {
    load.load(SECURE, text);
    assertNull(load.failure());
    assertEquals(List.of(), load.report.namespaces());
  }

  @Test
  void the_namespace_of_the_command_line_holds_until_another_is_chosen() {
    load.load(o -> o.startingIn("a", "x"), "k=1; meta:namespace=y; k=2;", "k=3;");
    assertEquals(List.of("k=3"), load.in("a.x"));
    assertEquals(List.of("k=2"), load.in("a.y"));
  }

  @Test
  void directives_do_not_carry_over_to_the_next_file() {
    load.load("meta:path=a.x; k=1;", "l=2;");
    assertEquals(List.of("file2:1:1: no namespace chosen"), load.problems);
    assertNull(load.in("a.x"));
  }

  // --- regular files, whose records may be written while they are read

  private static StringBuilder manyRecords(int from, int to) {
    StringBuilder text = new StringBuilder("meta:path=a.x;\n");
    for (int i = from; i < to; i++) {
      text.append("key%07d=value of %d;\n".formatted(i, i));
    }
    return text;
  }

  @Test
  void a_large_file_lands_as_a_small_one_does() {
    load.regularFiles = true;
    load.load("meta:path=a.x; key0000005=before;");
    StringBuilder text = manyRecords(0, 40_000);
    text.append("meta:path=a.y; other=1;\n");
    text.append(manyRecords(60_000, 70_000)).append(manyRecords(40_000, 60_000));
    text.append("key0000007=changed; meta:del=key0000006; meta:path=a.y; more=2;");
    load.load(text.toString());
    assertNull(load.failure());
    List<String> records = load.in("a.x");
    assertEquals(69_999, records.size());
    assertEquals("key0000005=value of 5", records.get(5));
    assertEquals("key0000007=changed", records.get(6));
    assertEquals("key0069999=value of 69999", records.getLast());
    assertEquals(List.of("more=2", "other=1"), load.in("a.y"));
    assertEquals(List.of(true, true), committed());
  }

  private List<Boolean> committed() {
    return load.report.namespaces().stream().map(NamespaceOutcome::committed).toList();
  }

  @Test
  void an_error_at_the_end_of_a_large_file_undoes_all_of_it() {
    load.regularFiles = true;
    load.load("meta:path=a.x; kept=1;");
    load.load(manyRecords(0, 40_000) + "x y=1;");
    assertEquals(Kind.CONTENT, load.failure());
    assertEquals(List.of("kept=1"), load.in("a.x"));
    assertEquals(List.of(false), committed());
    load.load("meta:path=a.x; free=1;");
    assertEquals(List.of("free=1", "kept=1"), load.in("a.x"));
  }

  @Test
  void a_precondition_of_a_large_file_holds_against_the_state_before_it() {
    load.regularFiles = true;
    load.load(manyRecords(0, 40_000) + "meta:unless=key0000000;");
    assertNull(load.failure());
    load.load(manyRecords(0, 40_000) + "meta:unless=key0000000;");
    assertEquals(Kind.PRECONDITION, load.failure());
  }

  @Test
  void a_large_file_for_a_locked_store_does_nothing_and_says_so() {
    load.regularFiles = true;
    Transaction other = load.store.write(List.of());
    load.load(manyRecords(0, 40_000).toString());
    other.close();
    assertEquals(Kind.BUSY, load.failure());
    assertNull(load.in("a.x"));
  }

  // --- errors

  @Test
  void a_stream_with_an_error_changes_nothing() {
    load.load("meta:path=a.x; k=1; bad stuff=2; l=3;");
    assertEquals(Kind.CONTENT, load.failure());
    assertNull(load.in("a.x"));
    assertFalse(load.report.namespaces().getFirst().committed());
  }

  @Test
  void up_to_twenty_errors_are_found_in_one_pass() {
    load.load("meta:path=a.x; " + "x y=1; ".repeat(50));
    assertEquals(20, load.problems.size());
    assertEquals(List.of("stopped after 20 errors"), load.warnings);
  }

  @Test
  void records_behind_a_refused_directive_are_no_errors_of_their_own() {
    load.load("meta:path=a; k=1; l=2; meta:path=a.x; m n=3;");
    assertEquals(2, load.problems.size());
  }

  @Test
  void keep_going_applies_the_rest() {
    load.load(KEEP_GOING, "meta:path=a.x; k=1; bad stuff=2; l=3;");
    assertEquals(Kind.CONTENT, load.failure());
    assertEquals(List.of("k=1", "l=3"), load.in("a.x"));
    assertEquals(List.of("bad stuff=2;"), load.rejects);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta:path=a; k=1; meta:namespace=z; k=2; meta:path=a.y; l=3;",
        "meta:project=a/b; k=1; meta:namespace=z; k=2; meta:path=a.y; l=3;",
        "meta:namespace=z z; k=1; meta:namespace=y; l=3;",
        "meta:delim=x; k=1; meta:delim=:; meta:path=a:y; l=3;",
        "meta:encoding=utf8; k=1; meta:encoding=text; meta:path=a.y; l=3;",
        "meta:ttl=5; k=1; meta:path=a.y; l=3;",
        "meta:if=; k=1; meta:path=a.y; l=3;",
      })
  void nothing_lands_where_it_was_not_meant(String text) {
    load.load(KEEP_GOING, "meta:path=a.x; j=0; " + text);
    assertEquals(List.of("j=0"), load.in("a.x"));
    assertEquals(List.of("l=3"), load.in("a.y"));
    assertNull(load.in("a.z"));
  }

  @Test
  void a_statement_behind_the_end_is_refused() {
    load.load("meta:path=a.x; k=1; meta:end; l=2;");
    assertEquals(List.of("file1:1:31: a statement behind meta:end"), load.problems);
  }

  @Test
  void input_without_its_end_commits_nothing_where_the_end_is_required() {
    load.load(o -> o.requireEnd(true), "meta:path=a.x; k=1;");
    assertEquals(Kind.CONTENT, load.failure());
    assertNull(load.in("a.x"));
    load.load(o -> o.keepGoing(true).requireEnd(true), "meta:path=a.x; k=1;");
    assertNull(load.in("a.x"));
    load.load(o -> o.requireEnd(true), "meta:path=a.x; k=1; meta:end;");
    assertEquals(List.of("k=1"), load.in("a.x"));
  }

  // --- the preamble

  @Test
  void a_right_preamble_opens_the_door() {
    load.load(SECURE, PREAMBLE + "meta:path=a.x; k=1;", PREAMBLE + "meta:path=a.x; l=1;");
    assertNull(load.failure());
    assertEquals(List.of("k=1", "l=1"), load.in("a.x"));
    assertEquals(1, load.warnings.size());
    assertTrue(load.warnings.getFirst().contains("default password"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta:path=a.x; k=1;",
        "x y=1;",
        "meta:sec:user=admin; meta:sec:pass=pronto!; meta:path=a.x; k=1;",
        "meta:sec:pass=pronto!; meta:path=a.x; k=1;",
        "meta:sec:pass=pronto!;",
        "meta:sec:pass=wrong; meta:sec:user=admin; meta:path=a.x; k=1;",
        "meta:sec:pass=pronto!; meta:sec:user=nobody; meta:path=a.x; k=1;",
        "meta:sec:pass=pronto!; meta:sec:pass=pronto!; meta:sec:user=admin; k=1;",
        PREAMBLE + "meta:path=a.x; k=1; " + PREAMBLE,
        PREAMBLE + PREAMBLE + "meta:path=a.x; k=1;",
        "meta:sec:apikey=nonsense; meta:path=a.x; k=1;",
        "meta:sec:session=nonsense; meta:path=a.x; k=1;",
        "meta:sec:passs=pronto!; meta:sec:user=admin; meta:path=a.x; k=1;",
        "k=1; meta:sec:pass=pronto!; meta:sec:user=admin;",
      })
  void any_fault_in_the_preamble_ends_the_reading(String text) {
    for (boolean keepGoing : List.of(false, true)) {
      load.load(o -> o.keepGoing(keepGoing).authenticationRequired(true), text + " x y=1; x y=1;");
      assertEquals(Kind.DENIED, load.failure());
      assertEquals(1, load.problems.size());
      assertNull(load.in("a.x"));
    }
  }

  @Test
  void a_preamble_is_verified_although_none_is_required() {
    load.load("meta:sec:pass=wrong; meta:sec:user=admin; meta:path=a.x; k=1;");
    assertEquals(Kind.DENIED, load.failure());
    assertNull(load.in("a.x"));
  }

  @Test
  void too_many_namespaces_are_told_once() {
    load.rules = WriteRules.DEFAULT.withMaxNamespaces(2);
    load.load(
        "meta:path=a.x; k=1; meta:path=a.y; k=1; meta:path=a.z; k=1;" + "meta:path=a.w; k=1;");
    assertEquals(1, load.problems.size());
    assertTrue(load.problems.getFirst().contains("more than 2 namespaces in one database"));
    assertEquals(Kind.CONFLICT, load.failure());
    assertNull(load.in("a.x"));
  }

  // --- caches

  @Test
  void an_expiry_outside_a_cache_is_refused_where_it_stands() {
    load.load("meta:path=a.x; k=1; meta:ttl=60; l=2;");
    assertEquals(Kind.NOT_A_CACHE, load.failure());
    assertEquals("file1:1:30: an expiry for a.x, which is not a cache", load.problems.getFirst());
    assertNull(load.in("a.x"));
  }

  @Test
  void a_stream_can_create_the_cache_that_it_fills() {
    load.load("meta:path=a.c; meta:cache=\"timeout=10\"; k=1; meta:ttl=100; l=2;");
    assertEquals(List.of("k=1", "l=2"), load.in("a.c"));
    load.now += 10_000;
    assertEquals(List.of("l=2"), load.in("a.c"));
  }

  @Test
  void a_cache_keeps_the_newest_arrivals_of_a_large_load() {
    load.cache("a.c", new CacheSettings(60, 3, true));
    load.load("meta:path=a.c; z=0; y=0;");
    StringBuilder text = new StringBuilder("meta:path=a.c; y=1;");
    for (int i = 0; i < 1000; i++) {
      text.append("k").append(i * 7919 % 1000).append("=").append(i).append(";");
    }
    load.load(text + "a=last;");
    assertEquals(List.of("a=last", "k162=998", "k81=999"), load.in("a.c"));
    assertEquals(1002, load.report.puts());
  }

  @Test
  void what_has_expired_already_is_left_out_and_counted() {
    load.cache("a.c", new CacheSettings(60, 0, true));
    load.load("meta:path=a.c; meta:expires=1970-01-01T00:00:10Z; k=1; meta:ttl=default; l=2;");
    assertEquals(List.of("l=2"), load.in("a.c"));
    assertEquals(1, load.report.namespaces().getFirst().expired());
  }

  // --- trust

  @Test
  void a_plan_counts_what_the_load_would_do_and_does_nothing() {
    load.load("meta:path=a.x; same=1; other=1; gone=1;");
    load.load(CHECK, "meta:path=a.x; same=1; other=2; meta:del=gone; new=3; meta:del=no;");
    assertEquals(
        List.of("a.x create=1 update=1 unchanged=1 delete=1", "-gone", "+new", "~other"),
        load.plans);
    assertEquals(List.of("gone=1", "other=1", "same=1"), load.in("a.x"));
  }

  @Test
  void a_replacing_load_deletes_what_it_does_not_bring() {
    load.load("meta:path=a.x; a=1; b=1; c=1;");
    String text = "meta:path=a.x; meta:replace; b=2; d=4;";
    load.load(CHECK, text);
    assertEquals("a.x create=1 update=1 unchanged=0 delete=2", load.plans.getFirst());
    load.load(text);
    assertEquals(List.of("b=2", "d=4"), load.in("a.x"));
    assertEquals(2, load.report.deletes());
  }

  @Test
  void duplicate_keys_are_counted() {
    load.load("meta:path=a.x; k=1; k=2; l=1; meta:del=l; meta:path=a.y; k=1; meta:path=a.x; k=3;");
    assertEquals(3, load.report.duplicates());
    load.load("meta:path=a.x; k=1; l=1;");
    assertEquals(0, load.report.duplicates());
    load.load(options -> options.commitEvery(2), "meta:path=a.x; k=1; k=2; k=3; l=1;");
    assertTrue(load.report.duplicates() > 0);
  }

  @Test
  void duplicate_keys_of_a_table_that_came_twice_are_counted_also_where_it_is_written_directly() {
    StringBuilder ascending = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      ascending.append("key%07d=value;".formatted(i));
    }
    for (boolean regularFiles : new boolean[] {true, false}) {
      load.regularFiles = regularFiles;
      for (String path : List.of("a.once" + regularFiles, "a.once" + regularFiles)) {
        load.load("meta:path=" + path + ";" + ascending);
        assertEquals(0, load.report.duplicates());
        load.load("meta:path=" + path + ";" + ascending + ascending + "key0000007=again;");
        assertEquals(200_001, load.report.duplicates());
        load.load("meta:path=" + path + ";" + ascending + "a=1;key0199999=again;z=1;");
        assertEquals(1, load.report.duplicates());
      }
    }
  }

  @Test
  void a_replacement_without_a_record_is_refused_unless_it_is_meant() {
    load.load("meta:path=a.x; a=1;");
    for (String text :
        List.of(
            "meta:path=a.x; meta:replace;",
            "meta:path=a.x; meta:replace; meta:del=a;",
            "meta:path=a.y; k=1; meta:path=a.x; meta:replace;")) {
      load.load(text);
      assertEquals(Kind.CONTENT, load.report.failure().kind());
      assertTrue(
          load.problems.getFirst().contains("the input brings no record for a.x"),
          load.problems.getFirst());
      assertEquals(List.of("a=1"), load.in("a.x"));
      assertEquals(null, load.in("a.y"));
      load.load(CHECK, text);
      assertEquals(Kind.CONTENT, load.report.failure().kind());
    }
    load.load(options -> options.keepGoing(true), "meta:path=a.x; meta:replace; b c=1;");
    assertEquals(List.of("a=1"), load.in("a.x"));
    load.load(options -> options.allowEmpty(true), "meta:path=a.x; meta:replace;");
    assertEquals(List.of(), load.in("a.x"));
  }

  @Test
  void preconditions_are_checked_before_anything_is_applied() {
    load.load("meta:path=a.x; version=1;");
    load.load("meta:path=a.y; k=1; meta:path=a.x; meta:if=\"version=2\"; k=2;");
    assertEquals(Kind.PRECONDITION, load.failure());
    assertEquals(
        List.of("file1:1:44: precondition failed: key \"version\" has another value"),
        load.problems);
    assertNull(load.in("a.y"));
    load.load("meta:path=a.x; meta:if=\"version=1\"; meta:unless=lock; version=2;");
    assertEquals(List.of("version=2"), load.in("a.x"));
  }

  @Test
  void a_batch_is_applied_once() {
    String text = "meta:batch=b1; meta:path=a.x; k=1; meta:end;";
    load.load(text);
    load.load("meta:path=a.x; k=changed;");
    load.now += 1;
    load.load(text);
    assertNull(load.failure());
    assertEquals(1_000_000, load.report.alreadyAppliedAt());
    assertEquals(List.of("k=changed"), load.in("a.x"));
    load.load("meta:batch=b1; meta:path=a.x; k=2; meta:end;");
    assertEquals(Kind.CONTENT, load.failure());
    load.load("meta:batch=b2; meta:path=a.x; k=2;");
    assertEquals(Kind.CONTENT, load.failure());
    assertEquals(List.of("k=changed"), load.in("a.x"));
  }

  @Test
  void a_batch_has_the_same_content_whoever_sends_it() {
    String text = "meta:batch=b1; meta:path=a.x; k=1; meta:end;";
    load.load(PREAMBLE + text);
    load.load(" \n" + text);
    assertNull(load.failure());
    assertEquals(1_000_000, load.report.alreadyAppliedAt());
  }

  @Test
  void a_tee_repeats_what_was_committed() {
    load.load("meta:path=a.x; b=1; meta:path=a.y; c=\"x;y\"; meta:path=a.x; a=0; meta:del=q;");
    LoadFixture copy = new LoadFixture(load.authentication);
    copy.load(load.tee.toString(StandardCharsets.UTF_8));
    assertEquals(load.in("a.x"), copy.in("a.x"));
    assertEquals(load.in("a.y"), copy.in("a.y"));
  }

  // --- loads without an end

  @Test
  void an_endless_load_commits_what_precedes_an_error() {
    load.load(o -> o.commitEvery(2), "meta:path=a.x; k=1; l=2; m=3; n o=4; p=5;");
    assertEquals(Kind.CONTENT, load.failure());
    assertEquals(List.of("k=1", "l=2", "m=3"), load.in("a.x"));
    assertEquals(3, load.report.puts());
    assertEquals("meta:path=a.x; k=1; l=2; m=3; n o=4;".length(), load.report.bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"meta:batch=b;", "meta:path=a.x; meta:if=k;", "meta:path=a.x; meta:replace;"})
  void an_endless_load_can_not_promise_what_needs_an_end(String text) {
    load.load(o -> o.commitEvery(2), text);
    assertEquals(Kind.USAGE, load.failure());
  }

  @Test
  void records_of_a_cache_never_become_plain_ones() {
    load.cache("a.c", new CacheSettings(60, 0, true));
    InputStream dropping =
        new SequenceInputStream(
            stream("meta:path=a.c; k=1;"),
            new InputStream() {
              @Override
              public int read() {
                try (Transaction transaction = load.store.write(List.of())) {
                  Namespace name = Namespace.parse("a.c", Delimiter.DEFAULT);
                  transaction.namespace(name).ifPresent(transaction::drop);
                  transaction.commit();
                }
                return -1;
              }
            });
    load.run(options -> options, List.of(load.input("in", dropping)));
    assertEquals(Problem.Kind.CONFLICT, load.failure());
    assertEquals(
        List.of("in:1:11: a.c was a cache when this was read, and is none any more"),
        load.problems);
    assertEquals(null, load.in("a.c"));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothing_is_locked_while_waiting_for_input() {
    InputStream waiting =
        new InputStream() {
          private final byte[] text =
              "meta:path=a.x; k=1;\nmeta:path=a.y; k=1;\n".getBytes(StandardCharsets.UTF_8);
          private int at;

          @Override
          public int read() {
            // Whoever waits for the next byte must let others write meanwhile.
            load.store.write(List.of()).close();
            return at < text.length ? text[at++] : -1;
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            int b = read();
            if (b < 0) {
              return -1;
            }
            to[offset] = (byte) b;
            return 1;
          }
        };
    load.run(o -> o, List.of(load.input("slow", waiting)));
    assertNull(load.failure());
    assertEquals(List.of("k=1"), load.in("a.y"));
  }
}
