package org.prontodb.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Entry;
import org.prontodb.model.Expiry;
import org.prontodb.model.Key;
import org.prontodb.model.Lifetime;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.NamespaceStats;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryStore;

class RecordWriterTest {
  private static final Namespace CACHE = new Namespace("kb", "cache");
  private static final Namespace PLAIN = new Namespace("kb", "plain");

  private final Store store = new MemoryStore();
  private final List<String> events = new ArrayList<>();
  private final WriteRules rules =
      new WriteRules(2, (transaction, namespace) -> List.of(new Recorder()));
  private long now = 1_000_000;

  /** Writes down what it is told. */
  private final class Recorder implements RecordObserver {
    @Override
    public boolean needsPrevious() {
      return true;
    }

    @Override
    public void put(byte[] key, Entry previous, byte[] value, Lifetime lifetime) {
      events.add("put " + text(key) + " " + text(previous) + " " + text(value));
    }

    @Override
    public void deleted(byte[] key, Entry previous) {
      events.add("deleted " + text(key) + " " + text(previous));
    }

    @Override
    public void evicted(byte[] key) {
      events.add("evicted " + text(key));
    }

    @Override
    public void expired(byte[] key) {
      events.add("expired " + text(key));
    }

    @Override
    public void dropped() {
      events.add("dropped");
    }

    @Override
    public void finished() {
      events.add("finished");
    }
  }

  private static String text(Entry entry) {
    return entry == null ? "-" : text(entry.value());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }

  /** Answers how many live records were deleted. */
  private long write(Namespace namespace, WriteRules rules, Consumer<RecordWriter> work) {
    try (Transaction transaction = store.write(namespace)) {
      RecordWriter writer = new RecordWriter(transaction, namespace, rules, now);
      work.accept(writer);
      writer.finish();
      transaction.commit();
      return writer.deleted();
    }
  }

  private static void put(RecordWriter writer, String key, String value, Expiry expiry) {
    writer.put(key.getBytes(UTF_8), value.getBytes(UTF_8), writer.lifetime(expiry), 1);
  }

  private void cache(CacheSettings settings) {
    write(CACHE, WriteRules.DEFAULT, writer -> writer.create(settings));
  }

  private NamespaceStats stats() {
    try (Transaction view = store.read()) {
      return view.stats(view.namespace(CACHE).orElseThrow(), now);
    }
  }

  @Test
  void observersAreToldOfEachPutAndDelete() {
    write(PLAIN, WriteRules.DEFAULT, writer -> writer.create(null));
    write(PLAIN, rules, writer -> put(writer, "a", "1", null));
    assertEquals(
        0,
        write(
            PLAIN,
            rules,
            writer -> {
              put(writer, "a", "2", null);
              writer.delete("b".getBytes(UTF_8));
            }));
    assertEquals(1, write(PLAIN, rules, writer -> writer.delete("a".getBytes(UTF_8))));
    assertEquals(
        List.of("put a - 1", "finished", "put a 1 2", "finished", "deleted a 2", "finished"),
        events);
  }

  @Test
  void anExpiredRecordIsAbsentAndItsRemovalIsNotADeletion() {
    cache(new CacheSettings(60, 0, true));
    write(CACHE, WriteRules.DEFAULT, writer -> put(writer, "a", "1", new Expiry.After(1)));
    now += 1_000;
    assertEquals(
        0,
        write(
            CACHE,
            rules,
            writer -> {
              assertTrue(writer.live(Key.stored("a".getBytes(UTF_8))).isEmpty());
              writer.delete("a".getBytes(UTF_8));
            }));
    assertEquals(List.of("expired a", "finished"), events);
    assertEquals(new NamespaceStats(0, 0, 0), stats());
  }

  @Test
  void observersAreToldOfEvictionsByKey() {
    cache(new CacheSettings(60, 1, true));
    write(CACHE, WriteRules.DEFAULT, writer -> put(writer, "a", "1", null));
    write(CACHE, rules, writer -> put(writer, "b", "2", null));
    assertEquals(List.of("put b - 2", "evicted a", "finished"), events);
    events.clear();
    write(CACHE, rules, RecordWriter::evictAll);
    assertEquals(List.of("evicted b", "finished"), events);
  }

  @Test
  void aRangeIsDeletedInPortionsAndCountsWhatWasLive() {
    cache(new CacheSettings(60, 0, false));
    write(
        CACHE,
        WriteRules.DEFAULT,
        writer ->
            IntStream.range(0, 2_500)
                .forEach(i -> put(writer, "k" + i, "1", new Expiry.After(i % 5 == 0 ? 1 : 9))));
    now += 1_000;
    assertEquals(2_000, write(CACHE, rules, writer -> writer.delete(KeyRange.ALL)));
    assertEquals(2_000, events.stream().filter(event -> event.startsWith("deleted")).count());
    assertEquals(500, events.stream().filter(event -> event.startsWith("expired")).count());
    assertEquals(new NamespaceStats(0, 0, 0), stats());
  }

  /** Deletions may be held back: what is written behind them must stay. */
  @Test
  void lastOfPutsAndDeletionsOfOneKeyHolds() {
    cache(new CacheSettings(60, 0, true));
    for (WriteRules each : List.of(WriteRules.DEFAULT, rules)) {
      for (Namespace namespace : List.of(CACHE, PLAIN)) {
        write(
            namespace,
            each,
            writer -> {
              if (!writer.exists()) {
                writer.create(null);
              }
              put(writer, "a", "1", null);
              writer.delete("a".getBytes(UTF_8));
              put(writer, "a", "2", null);
              put(writer, "b", "1", null);
              writer.delete("b".getBytes(UTF_8));
            });
        try (Transaction view = store.read()) {
          NamespaceInfo info = view.namespace(namespace).orElseThrow();
          assertEquals("2", text(view.get(info, Key.stored("a".getBytes(UTF_8))).orElseThrow()));
          assertTrue(view.get(info, Key.stored("b".getBytes(UTF_8))).isEmpty());
        }
      }
    }
  }

  @Test
  void observersAreToldThatTheirNamespaceIsDropped() {
    cache(new CacheSettings(60, 0, true));
    write(CACHE, rules, RecordWriter::drop);
    assertEquals(List.of("dropped", "finished"), events);
  }

  @Test
  void noMoreNamespacesAreCreatedThanTheRulesAllow() {
    for (String name : List.of("a", "b")) {
      write(new Namespace("kb", name), rules, writer -> writer.create(null));
    }
    Namespace third = new Namespace("kb", "c");
    ProntoException refused =
        assertThrows(
            ProntoException.class, () -> write(third, rules, writer -> writer.create(null)));
    assertEquals(Kind.CONFLICT, refused.problem().kind());
  }

  @Test
  void aCacheThatIsOnlyWrittenLosesWhatHasExpired() {
    cache(new CacheSettings(1, 0, true));
    for (int round = 0; round < 5; round++) {
      String prefix = "r" + round + "-";
      write(
          CACHE,
          WriteRules.DEFAULT,
          writer -> IntStream.range(0, 500).forEach(i -> put(writer, prefix + i, "1", null)));
      assertEquals(500, stats().records());
      assertEquals(0, stats().expired());
      now += 1_000;
    }
    write(CACHE, WriteRules.DEFAULT, writer -> put(writer, "one", "1", null));
    assertEquals(400, stats().expired(), "a small write removes a hundred");
  }

  @Test
  void aCacheThatKeepsWhatHasExpiredKeepsIt() {
    cache(new CacheSettings(1, 0, false));
    write(CACHE, WriteRules.DEFAULT, writer -> put(writer, "a", "1", null));
    now += 1_000;
    write(CACHE, WriteRules.DEFAULT, writer -> put(writer, "b", "1", null));
    assertEquals(new NamespaceStats(1, 2, 1), stats());
  }

  @Test
  void observersAreAskedForOncePerWriter() {
    List<NamespaceInfo> asked = new ArrayList<>();
    WriteRules counting =
        new WriteRules(
            9,
            (transaction, namespace) -> {
              asked.add(namespace);
              return List.of();
            });
    write(
        PLAIN,
        counting,
        writer -> {
          writer.create(null);
          put(writer, "a", "1", null);
          put(writer, "b", "1", null);
        });
    assertEquals(1, asked.size());
  }
}
