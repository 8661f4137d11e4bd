package org.prontodb.batch;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.batch.BatchCommand.Authenticate;
import org.prontodb.batch.BatchCommand.Put;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.ScopePart;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.store.StoreFailure;

/**
 * The first stage of a load: takes its commands, has a {@link LoadBuilder} follow them, and decides
 * what an error means for the rest. Changes nothing in the store and holds no lock in it.
 *
 * <p>Belongs to the thread that reads.
 */
final class Intake implements CommandSink {
  private static final long PROGRESS_EVERY = 1 << 14;

  private final LoadOptions options;
  private final LoadListener listener;
  private final Preamble preamble;
  private final LoadBuilder builder;
  private final ProblemLog problems;
  private final List<String> warnings = new ArrayList<>();

  private CommandReader reader;
  private boolean stopped;
  private long statements;
  private long accepted;
  private long rows;
  private long nulls;
  private long bytesBefore;

  /**
   * @param staging where the records go
   */
  Intake(LoadContext context, Views views, Staging staging) {
    this.options = context.options();
    this.listener = context.listener();
    this.preamble = new Preamble(context, views);
    this.builder = new LoadBuilder(context, views, preamble, staging);
    this.problems = new ProblemLog(context);
  }

  @Override
  public void beginFile(CommandReader reader) {
    this.bytesBefore = bytes();
    this.reader = reader;
    builder.beginFile(reader);
    preamble.beginFile(reader.holdsPreamble());
  }

  @Override
  public boolean take(BatchCommand command) {
    if (command == null) {
      endFile();
      return false;
    }
    follow(command);
    return !stopped;
  }

  private void follow(BatchCommand command) {
    if ((++statements & (PROGRESS_EVERY - 1)) == 0) {
      listener.progress(statements, bytes());
    }
    try {
      if (preamble.isOpen() && !(command instanceof Authenticate)) {
        endPreamble(command);
      }
      if (builder.isEnded()) {
        throw Refusal.refused(
            "a statement behind meta:end", "meta:end; is the last statement of a file");
      }
      if (builder.scope().isBroken() && command.isInDoubt(builder.scope())) {
        skip();
      } else {
        if (command instanceof Put put) {
          // Most commands are records, and a switch over types takes longer.
          builder.put(put);
        } else {
          builder.take(command);
        }
        accepted++;
      }
    } catch (StoreFailure e) {
      fail(e.problem());
    } catch (ProntoException e) {
      refuse(e.problem(), command);
    }
  }

  /** Passes over a statement whose directive was refused: its error has been told. */
  private void skip() {
    if (options.keepGoing()) {
      Problem problem =
          Problem.of(
              Kind.CONTENT,
              "skipped, because a directive before it was refused",
              "mend that directive and load this again");
      problems.skipped(reader, builder.scope(), reader.locate(problem, false));
    }
  }

  /**
   * @param command null at the end of a file
   */
  private void refuse(Problem problem, BatchCommand command) {
    Problem placed =
        problem.position() != null || command == null
            ? problem
            : reader.locate(problem, command.isDirective());
    boolean skippable = placed.kind() != Kind.DENIED;
    problems.add(placed, skippable);
    if (options.keepGoing() && skippable && command != null) {
      problems.rejected(reader, builder.scope(), placed);
    } else if (!skippable
        || options.commitEvery() > 0
        || reader.isTooLong()
        || builder.tasks().isLimitExceeded()) {
      stopped = true;
    } else if (problems.isFull()) {
      listener.warning("stopped after " + ProblemLog.MOST + " errors");
      stopped = true;
    }
    ScopePart part = command == null ? null : command.sets();
    if (part != null) {
      builder.scope().breakPart(part);
    }
  }

  /**
   * @param command the first one behind the preamble; null at the end of a file
   */
  private void endPreamble(BatchCommand command) {
    if (command instanceof Rejected bad && preamble.isDue()) {
      throw preamble.of(bad.problem()).asException();
    }
    try {
      preamble.end();
    } catch (StoreFailure e) {
      throw e;
    } catch (ProntoException e) {
      // What is missing is missing before the statement, not within it.
      throw command == null ? e : reader.locate(e.problem(), false).asException();
    }
  }

  private void endFile() {
    rows += reader.rows();
    nulls += reader.nulls();
    reader.warnings().forEach(this::warn);
    try {
      if (preamble.isPartial()) {
        endPreamble(null);
      }
    } catch (StoreFailure e) {
      fail(e.problem());
    } catch (ProntoException e) {
      refuse(reader.locate(e.problem(), false), null);
    }
  }

  private void warn(String warning) {
    warnings.add(warning);
    listener.warning(warning);
  }

  /** Refuses a load that is not complete. To be called behind the last file. */
  void endLoad() {
    refuseOtherThanExpected();
    refuseEmptyReplacement();
    refuseMissingEnd();
  }

  /** A table that was cut off, or written twice, has another number of rows than was promised. */
  private void refuseOtherThanExpected() {
    if (!stopped && options.expectedRows() >= 0 && rows != options.expectedRows()) {
      fail(
          Problem.of(
              Kind.CONTENT,
              "the input has "
                  + rows
                  + (rows == 1 ? " row" : " rows")
                  + ", but "
                  + options.expectedRows()
                  + " are expected",
              "see that the program that wrote it came to its end, once"));
    }
  }

  /** A producer that died must not empty a namespace that it was to fill anew. */
  private void refuseEmptyReplacement() {
    if (options.allowEmpty()) {
      return;
    }
    for (NamespaceTask task : builder.tasks().inOrder()) {
      if (task.replaces() && !task.bringsRecords && !stopped && !isRefused()) {
        Problem problem =
            Problem.of(
                Kind.CONTENT,
                "the input brings no record for "
                    + task.namespace
                    + ", so replacing its content would delete all of it",
                "add --allow-empty if that is meant; else see what became of the program that"
                    + " writes the input");
        fail(task.replaceAt.of(problem));
      }
    }
  }

  private void refuseMissingEnd() {
    if (stopped || builder.isEnded() || statements == 0) {
      return;
    }
    if (options.requireEnd() || builder.batch() != null) {
      fail(
          Problem.of(
              Kind.CONTENT,
              "the input ends without meta:end, so it may have been cut off",
              options.requireEnd()
                  ? "have the producer write meta:end; as its last statement"
                  : "a load with meta:batch ends with meta:end;"));
    }
  }

  /** Whether nothing of the load may be applied. */
  boolean isRefused() {
    return stopped || (problems.failure() != null && !options.keepGoing());
  }

  /** Forgets the namespaces and records that have been applied. */
  void beginChunk() {
    builder.beginChunk();
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void fail(Problem problem) {
    problems.add(problem, false);
    stopped = true;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  /** What was read so far, for the stages that apply it. */
  ReadLoad load(String sha256) {
    return new ReadLoad(
        builder.tasks().withWork(),
        preamble.identity(),
        new ContentId(builder.batch(), sha256),
        problems.failure() == null,
        statements,
        bytes());
  }

  ProblemLog problems() {
    return problems;
  }

  /** How many records were passed over because their value is NULL. */
  long nulls() {
    return nulls;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** How many statements were taken without an error. */
  long accepted() {
    return accepted;
  }

  /** How much has been read of all files. */
  private long bytes() {
    return reader == null ? 0 : bytesBefore + reader.bytesRead();
  }
}
