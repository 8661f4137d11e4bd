package org.prontodb.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.stream.StreamDialect;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.records.WriteRules;
import org.prontodb.store.Store;
import org.prontodb.store.StoreFailure;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryStore;

/** What a load reports when the places that it works in fail, and what it has done by then. */
class FaultyPlacesTest {
  private static final UnaryOperator<LoadOptions.Builder> KEEP_GOING = o -> o.keepGoing(true);

  private final FailingStore store = new FailingStore();
  private final LoadFixture load = new LoadFixture(store, null);
  private SpillFiles spillFiles = LoadFixture::spill;
  private OutputStream tee = OutputStream.nullOutputStream();

  /** A store whose disk is broken, for reading or for writing. */
  private static final class FailingStore implements Store {
    private final MemoryStore whole = new MemoryStore();
    private Kind reading;
    private Kind writing;

    private static void fail(Kind kind) {
      if (kind != null) {
        throw new StoreFailure(Problem.of(kind, "the disk is broken"), null);
      }
    }

    @Override
    public Transaction read() {
      fail(reading);
      return whole.read();
    }

    @Override
    public Transaction write(List<Namespace> namespaces) {
      fail(writing);
      return whole.write(namespaces);
    }

    @Override
    public Optional<Transaction> writeIfFree(List<Namespace> namespaces) {
      return whole.writeIfFree(namespaces);
    }

    @Override
    public boolean exists() {
      return whole.exists();
    }

    @Override
    public List<String> check() {
      return whole.check();
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  private BatchReport load(UnaryOperator<LoadOptions.Builder> change, String text) {
    LoadOptions options = change.apply(LoadOptions.builder()).build();
    LoadInput input = load.input("file", new ByteArrayInputStream(text.getBytes(UTF_8)));
    return new BatchExecutor(
            new LoadTarget(store, null, WriteRules.DEFAULT, () -> 0, spillFiles),
            options,
            load,
            LoadSender.UNKNOWN,
            tee == null
                ? null
                : new LoadCopy(tee, out -> new StreamDialect().writer(out, DialectOptions.DEFAULT)))
        .run(List.of(input));
  }

  @Test
  void a_store_that_can_not_be_read_is_told_once_and_blamed_on_no_statement() {
    store.reading = Kind.FAILED;
    BatchReport report = load(o -> o, "meta:path=a.x; k=1; meta:path=a.y; k=2; l=3;");
    assertEquals(List.of("the disk is broken"), load.problems);
    assertEquals(Kind.FAILED, report.problem().orElseThrow().kind());
  }

  @Test
  void with_keep_going_too_nothing_is_skipped_to_get_round_it() {
    store.reading = Kind.FAILED;
    BatchReport report = load(KEEP_GOING, "x y=1; meta:path=a.x; k=1;");
    assertEquals(Kind.FAILED, report.problem().orElseThrow().kind());
    assertEquals(List.of(), load.rejects.stream().filter(r -> r.contains("k=1")).toList());
  }

  @Test
  void that_the_rest_was_not_applied_counts_more_than_what_was_skipped() {
    store.writing = Kind.BUSY;
    BatchReport report = load(KEEP_GOING, "meta:path=a.x; x y=1; k=1;");
    assertEquals(Kind.BUSY, report.problem().orElseThrow().kind());
    store.writing = null;
    assertNull(load.in("a.x"));
  }

  @Test
  void a_copy_that_can_not_be_written_takes_nothing_back_and_hides_nothing() {
    tee =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    BatchReport report = load(o -> o, "meta:path=a.x; k=1;");
    assertEquals(List.of("k=1"), load.in("a.x"));
    assertEquals(
        List.of(true), report.namespaces().stream().map(NamespaceOutcome::committed).toList());
    Problem problem = report.problem().orElseThrow();
    assertEquals(Kind.PARTIAL, problem.kind());
    assertEquals(
        "everything was applied, but: ",
        problem.message().substring(0, "everything was applied, but: ".length()));
  }

  @Test
  void what_was_committed_is_named_when_a_copy_fails_between_two_namespaces() {
    tee =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    BatchReport report = load(o -> o, "meta:path=a.x; k=1; meta:path=a.y; k=2;");
    assertEquals(List.of("k=1"), load.in("a.x"));
    assertNull(load.in("a.y"));
    assertEquals(
        List.of(true, false),
        report.namespaces().stream().map(NamespaceOutcome::committed).toList());
  }

  @Test
  void a_full_disk_for_staging_is_named_and_ends_the_load_with_a_report() {
    spillFiles =
        new SpillFiles() {
          @Override
          public java.nio.channels.FileChannel create() throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public String place() {
            return "\"/small\"";
          }
        };
    StringBuilder text = new StringBuilder("meta:path=a.x; zzz=first;\n");
    for (int i = 100_000; i > 0; i--) {
      text.append("key").append(1_000_000 + i).append('=').append("x".repeat(100)).append(";\n");
    }
    BatchReport report = load(o -> o, text.toString());
    assertEquals(
        List.of("can not stage the load in \"/small\": No space left on device"), load.problems);
    assertEquals(1, report.problems());
    assertNull(load.in("a.x"));
  }
}
