package org.prontodb.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.prontodb.app.Dialects;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.CommandReader;
import org.prontodb.bench.Rows.Row;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;

/**
 * From bytes in memory to commands: the readers of the dialects alone. Time is that of a record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReaderBenchmark {
  /** What is read: a dialect, and records as it spells them. */
  public enum Input {
    STREAM_ASCII("stream", Rows.ordered(Rows.COUNT), row -> row.key() + "=" + row.value() + ";\n"),
    STREAM_NON_ASCII(
        "stream", Rows.nonAscii(Rows.COUNT), row -> row.key() + "=" + row.value() + ";\n"),
    STREAM_QUOTED(
        "stream", Rows.ordered(Rows.COUNT), row -> row.key() + "=\"" + row.value() + "\";\n"),
    STREAM_ESCAPED(
        "stream",
        Rows.ordered(Rows.COUNT),
        row -> "\"%s\"=\"%s\\n\\\"x\\\"\";\n".formatted(row.key(), row.value())),
    STREAM_BASE64("stream", Rows.ordered(Rows.COUNT), row -> row.key() + "=" + base64(row) + ";\n"),
    TSV_BASE64("tsv", Rows.ordered(Rows.COUNT), row -> row.key() + "\t" + base64(row) + "\n"),
    CSV("csv", Rows.ordered(Rows.COUNT), row -> row.key() + "," + row.value() + "\n"),
    JSONL(
        "jsonl",
        Rows.ordered(Rows.COUNT),
        row -> "{\"k\":\"%s\",\"v\":\"%s\"}\n".formatted(row.key(), row.value()));

    private final String dialect;
    private final List<Row> rows;
    private final Function<Row, String> form;

    Input(String dialect, List<Row> rows, Function<Row, String> form) {
      this.dialect = dialect;
      this.rows = rows;
      this.form = form;
    }

    private static String base64(Row row) {
      return Base64.getEncoder().encodeToString(row.valueBytes());
    }

    private byte[] bytes() {
      String heading =
          switch (this) {
            case STREAM_BASE64 -> "meta:path=kb.bench; meta:encoding=base64;\n";
            case STREAM_ASCII, STREAM_NON_ASCII, STREAM_QUOTED, STREAM_ESCAPED ->
                "meta:path=kb.bench;\n";
            case TSV_BASE64, CSV, JSONL -> "";
          };
      return rows.stream()
          .map(form)
          .collect(Collectors.joining("", heading, ""))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  @Param public Input input;

  private byte[] bytes;

  @Setup
  public void spell() throws IOException {
    bytes = input.bytes();
    int records = 0;
    try (CommandReader reader = open()) {
      for (BatchCommand each = reader.next(); each != null; each = reader.next()) {
        records += each instanceof BatchCommand.Put ? 1 : 0;
      }
    }
    if (records != Rows.COUNT) {
      throw new IllegalStateException(input + " has " + records + " records");
    }
  }

  @Benchmark
  @OperationsPerInvocation(Rows.COUNT)
  public void read(Blackhole hole) throws IOException {
    try (CommandReader reader = open()) {
      for (BatchCommand each = reader.next(); each != null; each = reader.next()) {
        hole.consume(each);
      }
    }
  }

  private CommandReader open() {
    return Dialects.named(input.dialect)
        .reader(new Source("bench", new ByteArrayInputStream(bytes), true), DialectOptions.DEFAULT);
  }
}
