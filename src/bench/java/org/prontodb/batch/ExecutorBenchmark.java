package org.prontodb.batch;

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
import org.prontodb.bench.Rows;
import org.prontodb.records.WriteRules;
import org.prontodb.store.memory.MemoryStore;

/**
 * From commands to a committed store: the executor, with a store in memory so that SQLite is not
 * measured. Time is that of a record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ExecutorBenchmark {
  private static final int RECORDS = 200_000;

  @Param({"ordered", "random"})
  public String keys;

  /** A file's records may be written while the rest is read; a pipe's are all staged first. */
  @Param({"file", "pipe"})
  public String input;

  private List<BatchCommand> commands;

  @Setup
  public void fill() {
    commands =
        ReadyInput.commands(
            keys.equals("ordered") ? Rows.ordered(RECORDS) : Rows.shuffled(RECORDS));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public BatchReport load() {
    BatchReport report =
        new BatchExecutor(
                new LoadTarget(
                    new MemoryStore(),
                    null, // no sender has to be known
                    WriteRules.DEFAULT,
                    () -> 1_000_000,
                    StagingBenchmark::spill),
                LoadOptions.DEFAULT,
                LoadListener.SILENT,
                LoadSender.UNKNOWN,
                null)
            .run(List.of(new ReadyInput(commands, input.equals("file"))));
    if (report.problems() > 0) {
      throw new IllegalStateException(report.toString());
    }
    return report;
  }
}
