package org.prontodb.batch;

import java.util.ArrayList;
import java.util.List;
import org.prontodb.bench.Rows.Row;
import org.prontodb.model.Delimiter;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Position;
import org.prontodb.model.Problem;

/** An input whose commands are there already, so that nothing of a parser is measured. */
record ReadyInput(List<BatchCommand> commands, boolean isRegularFile) implements LoadInput {

  /** The rows as records of one namespace. */
  static List<BatchCommand> commands(List<Row> rows) {
    List<BatchCommand> commands = new ArrayList<>();
    commands.add(new BatchCommand.SelectNamespace(Namespace.parse("kb.bench", Delimiter.DEFAULT)));
    for (Row row : rows) {
      commands.add(new BatchCommand.Put(Key.ofUtf8(row.keyBytes()), row.valueBytes(), null));
    }
    return commands;
  }

  @Override
  public String name() {
    return "ready";
  }

  @Override
  public CommandReader open() {
    return new Reader(commands);
  }

  private static final class Reader implements CommandReader {
    private final List<BatchCommand> commands;
    private int at;

    Reader(List<BatchCommand> commands) {
      this.commands = commands;
    }

    @Override
    public BatchCommand next() {
      return at < commands.size() ? commands.get(at++) : null;
    }

    @Override
    public Position position() {
      return new Position("ready", at, 1, at);
    }

    @Override
    public Problem locate(Problem problem, boolean atValue) {
      return problem;
    }

    @Override
    public byte[] statement() {
      return new byte[0];
    }

    @Override
    public byte[] sha256() {
      return new byte[32];
    }

    @Override
    public long bytesRead() {
      return at;
    }

    @Override
    public void close() {}
  }
}
