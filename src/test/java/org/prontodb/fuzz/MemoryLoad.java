package org.prontodb.fuzz;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.prontodb.batch.BatchExecutor;
import org.prontodb.batch.BatchReport;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.EntryWriter;
import org.prontodb.batch.LoadInput;
import org.prontodb.batch.LoadListener;
import org.prontodb.batch.LoadOptions;
import org.prontodb.batch.LoadSender;
import org.prontodb.batch.LoadTarget;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.model.Expiry;
import org.prontodb.model.Problem;
import org.prontodb.model.Text;
import org.prontodb.records.WriteRules;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryStore;

/** Loads into a store that forgets, begins in the namespace f.z, and tells what is there then. */
public final class MemoryLoad implements LoadListener {
  /** An instant, so that no run depends on the clock: 2026-01-31T12:00:00Z. */
  public static final long NOW = 1_769_860_800_000L;

  private final Store store = new MemoryStore();
  private final List<Problem> problems = new ArrayList<>();
  private final boolean keepGoing;
  private BatchReport report;

  public MemoryLoad(boolean keepGoing) {
    this.keepGoing = keepGoing;
  }

  public Store store() {
    return store;
  }

  void run(Source source, Dialect dialect, DialectOptions options) {
    run(
        new LoadInput() {
          @Override
          public String name() {
            return source.name();
          }

          @Override
          public boolean isRegularFile() {
            return false;
          }

          @Override
          public CommandReader open() {
            return dialect.reader(source, options);
          }
        });
  }

  public BatchReport run(LoadInput input) {
    LoadOptions options = LoadOptions.builder().keepGoing(keepGoing).startingIn("f", "z").build();
    report =
        new BatchExecutor(
                new LoadTarget(
                    store,
                    new TestAuthentication(),
                    WriteRules.DEFAULT.withMaxNamespaces(50),
                    () -> NOW,
                    MemoryLoad::spill),
                options,
                this,
                LoadSender.UNKNOWN,
                null)
            .run(List.of(input));
    return report;
  }

  private static FileChannel spill() throws IOException {
    Path file = Files.createTempFile("fuzz", "spill");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem);
  }

  public List<Problem> problems() {
    return problems;
  }

  public Problem failure() {
    return report.failure();
  }

  /** Everything there is, by namespace and key. */
  public Map<String, Map<String, String>> state() {
    Map<String, Map<String, String>> state = new TreeMap<>();
    try (Transaction view = store.read()) {
      for (NamespaceInfo info : view.namespaces()) {
        Map<String, String> records = new TreeMap<>();
        try (EntryCursor cursor = view.scan(info, KeyRange.ALL, NOW)) {
          while (cursor.next()) {
            String end = info.isCache() ? " until " + cursor.lifetime().expiresAt() : "";
            records.put(latin(cursor.key()), latin(cursor.value()) + end);
          }
        }
        state.put(info.namespace() + " " + info.cache(), records);
      }
    }
    return state;
  }

  /** A character a byte, so that nothing is lost. */
  private static String latin(byte[] bytes) {
    return Text.visible(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  void write(EntryWriter writer) throws IOException {
    try (Transaction view = store.read()) {
      for (NamespaceInfo info : view.namespaces()) {
        writer.namespace(info.namespace(), info.cache());
        try (EntryCursor cursor = view.scan(info, KeyRange.ALL, NOW)) {
          while (cursor.next()) {
            Expiry end = info.isCache() ? new Expiry.At(cursor.lifetime().expiresAt()) : null;
            writer.put(cursor.key(), cursor.value(), end);
          }
        }
      }
    }
  }
}
