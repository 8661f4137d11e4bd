package org.prontodb.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
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
import org.prontodb.bench.Rows;
import org.prontodb.bench.Rows.Row;

/**
 * Records into the staging area and out of it in the order of their keys. Time is that of a record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StagingBenchmark {
  private static final int FEW = 50_000;
  private static final int MANY = 1_000_000;

  @Param({"ordered", "random"})
  public String keys;

  private byte[][] key;
  private byte[][] value;

  @Setup
  public void fill() {
    List<Row> rows = keys.equals("ordered") ? Rows.ordered(MANY) : Rows.shuffled(MANY);
    key = rows.stream().map(Row::keyBytes).toArray(byte[][]::new);
    value = rows.stream().map(Row::valueBytes).toArray(byte[][]::new);
  }

  /** As many as fit into the buffer. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public void inMemory(Blackhole hole) {
    stage(FEW, hole);
  }

  /** So many that sorted runs go to a file and are merged. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public void withRuns(Blackhole hole) {
    stage(MANY, hole);
  }

  private void stage(int count, Blackhole hole) {
    try (Staging staging = new Staging(StagingBenchmark::spill)) {
      for (int i = 0; i < count; i++) {
        staging.put(0, key[i], value[i], null);
      }
      StagedCursor cursor = staging.read();
      while (cursor.next()) {
        hole.consume(cursor.key());
        hole.consume(cursor.value());
      }
    }
  }

  static FileChannel spill() throws IOException {
    return FileChannel.open(
        Files.createTempFile("bench", ".run"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
