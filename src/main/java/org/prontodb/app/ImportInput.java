package org.prontodb.app;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.prontodb.batch.BatchCommand;
import org.prontodb.batch.BatchCommand.Rejected;
import org.prontodb.batch.BatchCommand.SelectNamespace;
import org.prontodb.batch.BatchCommand.SelectStart;
import org.prontodb.batch.CommandReader;
import org.prontodb.batch.LoadInput;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;

/**
 * A table to be loaded into one namespace.
 *
 * @param first what the command line asks, to be carried out before the first record
 * @param seen is told of each record as it is read
 */
public record ImportInput(
    LoadInput input, Namespace namespace, List<BatchCommand> first, Consumer<BatchCommand.Put> seen)
    implements LoadInput {
  @Override
  public String name() {
    return input.name();
  }

  @Override
  public boolean isRegularFile() {
    return input.isRegularFile();
  }

  @Override
  public long size() {
    return input.size();
  }

  @Override
  public long consumed() {
    return input.consumed();
  }

  @Override
  public CommandReader open() throws IOException {
    return new Reader(input.open(), namespace, new ArrayDeque<>(first), seen);
  }

  private static final class Reader extends ForwardingReader {
    private final Namespace namespace;
    private final Queue<BatchCommand> first;
    private final Consumer<BatchCommand.Put> seen;
    private boolean begun;

    /** The namespace that the lines are for if it is not ours, else null. */
    private Namespace foreign;

    Reader(
        CommandReader table,
        Namespace namespace,
        Queue<BatchCommand> first,
        Consumer<BatchCommand.Put> seen) {
      super(table);
      this.namespace = namespace;
      this.first = first;
      this.seen = seen;
    }

    @Override
    public BatchCommand next() throws IOException {
      if (!first.isEmpty()) {
        return first.remove();
      }
      begun = true;
      BatchCommand command = reader.next();
      if (command instanceof SelectNamespace select) {
        foreign = select.namespace().equals(namespace) ? null : select.namespace();
        command = reader.next();
      } else if (command instanceof SelectStart) {
        foreign = null;
        command = reader.next();
      }
      if (command instanceof BatchCommand.Put put) {
        if (foreign != null) {
          return refused();
        }
        seen.accept(put);
      }
      return command;
    }

    private Rejected refused() {
      Problem problem =
          Problem.of(
              Kind.CONTENT,
              "this line is for "
                  + Text.visible(foreign.toString())
                  + ", not for "
                  + Text.visible(namespace.toString()),
              "leave \"ns\" out, or load it with: prontodb stream --from jsonl");
      return new Rejected(locate(problem, false), null);
    }

    /** What the command line asks has no place in the table. */
    @Override
    public Problem locate(Problem problem, boolean atValue) {
      return begun ? reader.locate(problem, atValue) : problem;
    }
  }
}
