package org.prontodb.app;

import java.io.IOException;
import java.io.InputStream;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.LoadInput;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Source;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;

/**
 * An input of a load that came with who sends it and, perhaps, what to call it: the body of a
 * request. What would say so once more inside, a preamble, is refused.
 *
 * @param bytes its content
 * @param batch the batch id, or null; the end of such an input is known, so it needs no {@code
 *     meta:end}
 */
public record BodyInput(InputStream bytes, Dialect dialect, DialectOptions options, String batch)
    implements LoadInput {
  /** What messages call it. */
  public static final String NAME = "<body>";

  BodyInput with(InputStream other) {
    return new BodyInput(other, dialect, options, batch);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isRegularFile() {
    return false;
  }

  @Override
  public CommandReader open() {
    return new Reader(
        dialect.reader(new Source(NAME, options.encoding().decoded(bytes), false), options), batch);
  }

  private static final class Reader extends ForwardingReader {
    private final String batch;
    private boolean begun;
    private boolean ended;

    /** Whether the last command has no place in the body, because it was added here. */
    private boolean added;

    Reader(CommandReader body, String batch) {
      super(body);
      this.batch = batch;
    }

    @Override
    public BatchCommand next() throws IOException {
      if (!begun) {
        begun = true;
        added = batch != null;
        if (added) {
          return new BatchCommand.BeginBatch(batch);
        }
      }
      added = false;
      BatchCommand command = reader.next();
      if (command instanceof BatchCommand.BeginBatch(var id) && batch != null) {
        if (!id.equals(batch)) {
          return refused(
              "meta:batch here is not what the header Idempotency-Key says",
              "give the same id in both, or one of them");
        }
        command = reader.next();
      }
      added = command == null && batch != null && !ended;
      if (added) {
        ended = true;
        return new BatchCommand.End();
      }
      ended |= command instanceof BatchCommand.End;
      return command instanceof BatchCommand.Authenticate
          ? refused(
              "a preamble in the body of a request",
              "say who you are in the header Authorization, and leave meta:sec out")
          : command;
    }

    private BatchCommand refused(String message, String hint) {
      Problem problem = Problem.of(Kind.CONTENT, message, hint);
      return new BatchCommand.Rejected(locate(problem, false), null);
    }

    @Override
    public Problem locate(Problem problem, boolean atValue) {
      return added ? problem : reader.locate(problem, atValue);
    }
  }
}
