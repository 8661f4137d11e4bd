package org.prontodb.batch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.prontodb.auth.Authentication;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.stream.StreamDialect;
import org.prontodb.model.CacheSettings;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.records.WriteRules;
import org.prontodb.store.EntryCursor;
import org.prontodb.store.KeyRange;
import org.prontodb.store.NamespaceInfo;
import org.prontodb.store.Store;
import org.prontodb.store.Transaction;
import org.prontodb.store.memory.MemoryStore;

/** Loads streams into a store that forgets, and says what became of them. */
final class LoadFixture implements LoadListener {
  final Store store;
  final Authentication authentication;
  final List<String> problems = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> rejects = new ArrayList<>();
  final List<String> plans = new ArrayList<>();
  final ByteArrayOutputStream tee = new ByteArrayOutputStream();
  long now = 1_000_000;
  boolean regularFiles;
  WriteRules rules = WriteRules.DEFAULT;
  BatchReport report;

  LoadFixture(Authentication authentication) {
    this(new MemoryStore(), authentication);
  }

  LoadFixture(Store store, Authentication authentication) {
    this.store = store;
    this.authentication = authentication;
  }

  LoadFixture load(String... files) {
    return load(options -> options, files);
  }

  LoadFixture load(UnaryOperator<LoadOptions.Builder> change, String... files) {
    problems.clear();
    rejects.clear();
    plans.clear();
    tee.reset();
    List<LoadInput> inputs = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      byte[] bytes = files[i].getBytes(StandardCharsets.UTF_8);
      inputs.add(input("file" + (i + 1), new ByteArrayInputStream(bytes)));
    }
    return run(change, inputs);
  }

  LoadFixture run(UnaryOperator<LoadOptions.Builder> change, List<LoadInput> inputs) {
    LoadOptions options = change.apply(LoadOptions.builder()).build();
    report =
        new BatchExecutor(
                new LoadTarget(store, authentication, rules, () -> now, LoadFixture::spill),
                options,
                this,
                LoadSender.UNKNOWN,
                tee == null
                    ? null
                    : new LoadCopy(
                        tee, out -> new StreamDialect().writer(out, DialectOptions.DEFAULT)))
            .run(inputs);
    return this;
  }

  LoadInput input(String name, InputStream bytes) {
    return new LoadInput() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean isRegularFile() {
        return regularFiles;
      }

      @Override
      public CommandReader open() {
        return new StreamDialect()
            .reader(new Source(name, bytes, regularFiles), DialectOptions.DEFAULT);
      }
    };
  }

  static FileChannel spill() throws IOException {
    Path file = Files.createTempFile("load", "spill");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  void cache(String path, CacheSettings settings) {
    Namespace namespace = Namespace.parse(path, Delimiter.DEFAULT);
    try (Transaction transaction = store.write(namespace)) {
      transaction.create(namespace, settings);
      transaction.commit();
    }
  }

  /** {@code key=value} of every record that is live, or null if there is no such namespace. */
  List<String> in(String path) {
    try (Transaction view = store.read()) {
      NamespaceInfo info = view.namespace(Namespace.parse(path, Delimiter.DEFAULT)).orElse(null);
      if (info == null) {
        return null;
      }
      List<String> records = new ArrayList<>();
      try (EntryCursor cursor = view.scan(info, KeyRange.ALL, now)) {
        while (cursor.next()) {
          records.add(
              new String(cursor.key(), StandardCharsets.UTF_8)
                  + "="
                  + new String(cursor.value(), StandardCharsets.UTF_8));
        }
      }
      return records;
    }
  }

  Problem.Kind failure() {
    return report.problem().map(Problem::kind).orElse(null);
  }

  @Override
  public void problem(Problem problem) {
    String place = problem.position() == null ? "" : problem.position() + ": ";
    problems.add(place + problem.message());
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
  }

  @Override
  public void rejected(CommandReader reader, Scope scope, Problem problem) {
    rejects.add(new String(reader.statement(), StandardCharsets.UTF_8).strip());
  }

  @Override
  public void planned(NamespacePlan plan) {
    plans.add(
        "%s create=%d update=%d unchanged=%d delete=%d"
            .formatted(
                plan.namespace(), plan.create(), plan.update(), plan.unchanged(), plan.delete()));
  }

  @Override
  public void difference(char sign, byte[] key) {
    plans.add(sign + new String(key, StandardCharsets.UTF_8));
  }
}
