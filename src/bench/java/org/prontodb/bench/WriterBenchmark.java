package org.prontodb.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.prontodb.batch.EntryWriter;
import org.prontodb.bench.Rows.Row;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Namespace;

/** From records to bytes: the writers of the dialects alone. Time is that of a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriterBenchmark {
  @Param({"stream", "tsv", "csv", "jsonl"})
  public String dialect;

  @Param({"false", "true"})
  public boolean nonAscii;

  private byte[][] keys;
  private byte[][] values;

  @Setup
  public void fill() {
    List<Row> rows = nonAscii ? Rows.nonAscii(Rows.COUNT) : Rows.ordered(Rows.COUNT);
    keys = rows.stream().map(Row::keyBytes).toArray(byte[][]::new);
    values = rows.stream().map(Row::valueBytes).toArray(byte[][]::new);
  }

  @Benchmark
  @OperationsPerInvocation(Rows.COUNT)
  public void write(Blackhole hole) throws IOException {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            hole.consume(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            hole.consume(bytes);
          }
        };
    try (EntryWriter writer = Dialects.named(dialect).writer(out, DialectOptions.DEFAULT)) {
      writer.namespace(Namespace.parse("kb.bench", Delimiter.DEFAULT), null);
      for (int i = 0; i < keys.length; i++) {
        writer.put(keys[i], values[i], null);
      }
    }
  }
}
