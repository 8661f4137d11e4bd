package org.prontodb.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.prontodb.batch.EntryWriter;
import org.prontodb.dialect.Column;
import org.prontodb.dialect.Dialect;
import org.prontodb.dialect.DialectOptions;
import org.prontodb.dialect.Reading;
import org.prontodb.dialect.Source;
import org.prontodb.dialect.TableOptions;
import org.prontodb.dialect.TableOptions.Form;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;

/**
 * A dialect: any bytes are refused with a place in them and change nothing, or become records that
 * are the same again once they were written in every dialect and read back. In how many pieces the
 * bytes arrive makes no difference. In the dialects of tables, the first byte chooses the options.
 */
final class LoadFuzz implements FuzzTarget {
  private static final List<TableOptions> TABLES =
      List.of(
          TableOptions.DEFAULT,
          TableOptions.DEFAULT.withHeader(),
          TableOptions.DEFAULT.with(Form.PLAIN),
          TableOptions.DEFAULT.with(Form.LITERAL),
          TableOptions.DEFAULT.with(Form.BASE64),
          TableOptions.DEFAULT.with(Form.PLAIN).withHeader().withNullText("NULL"),
          TableOptions.DEFAULT.withHeader().withColumns(new Column.Named("id"), new Column.Rest()),
          TableOptions.DEFAULT.withColumns(new Column.Numbered(2), new Column.Numbered(1)),
          TableOptions.DEFAULT
              .with(Form.PLAIN)
              .withHeader()
              .withColumns(new Column.Numbered(1), new Column.Named("v")));

  private final Dialect dialect;

  LoadFuzz(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void run(byte[] input) throws IOException {
    TableOptions table = TableOptions.DEFAULT;
    byte[] text = input;
    if (dialect.isTable()) {
      if (input.length == 0) {
        return;
      }
      table = TABLES.get((input[0] & 0xff) % TABLES.size());
      text = Arrays.copyOfRange(input, 1, input.length);
    }
    read(table, text);
    load(table, text);
    MemoryLoad skipping = new MemoryLoad(true);
    skipping.run(source(text), dialect, options(table));
    byte[] placed = text;
    skipping.problems().forEach(problem -> Positions.check(problem, placed));
  }

  private void read(TableOptions table, byte[] text) {
    try {
      Reading.of(dialect, table, text);
    } catch (ProntoException e) {
      Positions.check(e.problem(), text);
    }
  }

  private void load(TableOptions table, byte[] text) throws IOException {
    MemoryLoad load = new MemoryLoad(false);
    load.run(source(text), dialect, options(table));
    if (load.failure() != null) {
      if (!load.state().isEmpty()) {
        throw new AssertionError("refused, but " + load.state());
      }
      refused(load, text);
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EntryWriter writer =
        org.prontodb.app.Dialects.STREAM.writer(out, DialectOptions.DEFAULT)) {
      load.write(writer);
    }
    MemoryLoad again = new MemoryLoad(false);
    again.run(source(out.toByteArray()), org.prontodb.app.Dialects.STREAM, DialectOptions.DEFAULT);
    if (again.failure() != null || !again.state().equals(load.state())) {
      throw new AssertionError(
          "%s was written as %s and became %s (%s)"
              .formatted(load.state(), out, again.state(), again.failure()));
    }
  }

  private static void refused(MemoryLoad load, byte[] text) {
    for (Problem problem : load.problems()) {
      // A table's options can ask for what the table has not.
      if (problem.kind() == Kind.CONTENT) {
        Positions.check(problem, text);
      }
    }
    Kind kind = load.failure().kind();
    if (kind == Kind.FAILED || kind == Kind.PARTIAL || kind == Kind.BUSY) {
      throw new AssertionError("not the fault of the input: " + load.failure());
    }
  }

  private static Source source(byte[] text) {
    return new Source("<stdin>", new ByteArrayInputStream(text), false);
  }

  private static DialectOptions options(TableOptions table) {
    return new DialectOptions(DialectOptions.DEFAULT.delimiter(), table);
  }
}
