package org.prontodb.app;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
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
 */
public record ImportInput(LoadInput input, Namespace namespace, List<BatchCommand> first)
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
  public CommandReader open() throws IOException {
    return new Reader(input.open(), namespace, new ArrayDeque<>(first));
  }

  private static final class Reader extends ForwardingReader {
    private final Namespace namespace;
    private final Queue<BatchCommand> first;
    private boolean begun;

    /** The namespace that the lines are for if it is not ours, else null. */
    private Namespace foreign;

    Reader(CommandReader table, Namespace namespace, Queue<BatchCommand> first) {
      super(table);
      this.namespace = namespace;
      this.first = first;
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
      return command instanceof BatchCommand.Put && foreign != null ? refused() : command;
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
