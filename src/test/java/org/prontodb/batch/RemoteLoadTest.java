package org.prontodb.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Problem.Kind;
import org.prontodb.store.remote.RemoteStore;
import org.prontodb.store.remote.RemoteStore.Commit;

/** Loads into a store on another machine, where each question costs a message and may fail. */
class RemoteLoadTest {
  private static final int RECORDS = 100_000;

  /** A message for each thousand records, twice, and some for each namespace. */
  private static final int MOST_CALLS = 260;

  private final RemoteStore store = new RemoteStore();
  private final LoadFixture load = new LoadFixture(store, null);

  private static String records(String head, int step, String value) {
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < RECORDS; i += step) {
      text.append("key%06d=%s%d;\n".formatted(i, value, i));
    }
    return text.toString();
  }

  private void assertCalls(String input) {
    long before = store.calls();
    load.load(input);
    assertEquals(List.of(), load.problems);
    long calls = store.calls() - before;
    assertTrue(calls <= MOST_CALLS, calls + " calls");
  }

  @Test
  void aLoadAsksTheStoreForMuchAtOnce() {
    assertCalls(records("meta:path=a.x;\n", 1, "v"));
    assertEquals(RECORDS, load.in("a.x").size());
    assertCalls(records("meta:path=a.x;\n", 1, "v"));
    assertCalls(records("meta:path=a.x; meta:replace;\n", 2, "w"));
    assertEquals(RECORDS / 2, load.in("a.x").size());
  }

  @Test
  void deletionsAreNotAskedForOneByOne() {
    load.cache("a.cache", new CacheSettings(600, 0, true));
    for (String namespace : List.of("a.x", "a.cache")) {
      load.load(records("meta:path=" + namespace + ";\n", 1, "v"));
      StringBuilder deletions = new StringBuilder("meta:path=" + namespace + ";\n");
      for (int i = 0; i < RECORDS; i++) {
        deletions.append(
            i % 2 == 0 ? "meta:del=key%06d;\n".formatted(i) : "key%06d=w;\n".formatted(i));
      }
      assertCalls(deletions.toString());
      assertEquals(RECORDS / 2, load.in(namespace).size());
      assertEquals(RECORDS / 2, load.report.namespaces().getFirst().deletes());
    }
  }

  @Test
  void aCacheWithALimitIsTrimmedAtOnce() {
    load.cache("a.cache", new CacheSettings(600, 1_000, true));
    assertCalls(records("meta:path=a.cache;\n", 1, "v"));
    assertEquals(1_000, load.in("a.cache").size());
    assertCalls(records("meta:path=a.cache; meta:replace;\n", 3, "w"));
  }

  @Test
  void aCommitThatIsRefusedIsBusyAndNothingIsThere() {
    store.nextCommits(Commit.REFUSED);
    load.load("meta:path=a.x; k=1; meta:path=a.y; k=2;");
    assertEquals(Kind.BUSY, load.report.problem().orElseThrow().kind());
    assertEquals(null, load.in("a.x"));
    assertEquals(null, load.in("a.y"));
  }

  @Test
  void aCommitThatFailsLaterLeavesThePartThatWasDoneAndSaysSo() {
    store.nextCommits(Commit.DONE, Commit.REFUSED);
    load.load("meta:path=a.x; k=1; meta:path=a.y; k=2; meta:path=a.z; k=3;");
    assertEquals(
        List.of(true, false, false),
        load.report.namespaces().stream().map(NamespaceOutcome::committed).toList());
    assertEquals(List.of("k=1"), load.in("a.x"));
    assertEquals(null, load.in("a.y"));
  }

  /** Whether the server committed is not known, so the same batch can be sent again. */
  @Test
  void aBatchWhoseAnswerWasLostIsAppliedOnce() {
    for (Commit end : List.of(Commit.LOST, Commit.DONE_AND_LOST)) {
      String input = "meta:batch=" + end + "; meta:path=a." + end + "; k=1; meta:end;";
      store.nextCommits(end);
      load.load(input);
      assertEquals(Kind.FAILED, load.report.problem().orElseThrow().kind(), "never BUSY");
      load.load(input);
      assertEquals(List.of(), load.problems);
      assertEquals(List.of("k=1"), load.in("a." + end));
      assertEquals(end == Commit.DONE_AND_LOST, load.report.alreadyAppliedAt() != 0);
    }
  }
}
